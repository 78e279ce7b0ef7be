package io.stockledger.ledger.verify;

import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Invariant 4, and the sums of invariant 6: the stock at the end of each day, day by day. On the
 * way, which closings there are to write.
 *
 * <p>Right beside traffic: one statement sees an item's first moves, without a gap, and each
 * closing that was made of them. No removal among them was accepted that makes any day negative,
 * and what a closing counts, the item's first {@code move_no} moves, never changes. A closing with
 * moves up to its day that came later is stale, not wrong. A closing is missing only if the latest
 * closed day was read before: the other closings of that day are written by the same statement.
 */
public final class DayCheck {

  static final String LATEST_CLOSED_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ MAX(date)
      FROM stock_moves_history
      """;

  /**
   * Each day of each item with what moved on it, and, where there is a closing of it, what of that
   * the closing counts. Its rows are added up here: TiFlash computes no SUM over a window.
   */
  public static final String DAYS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[moved, closing]) */
        moved.item_id,
        moved.date,
        SUM(moved.stock_increment) AS increment,
        MAX(moved.move_no) AS last_no,
        SUM(CASE WHEN moved.date < moved.book_date THEN moved.stock_increment ELSE 0 END)
          AS late_increment,
        MAX(CASE WHEN moved.date < moved.book_date THEN NULL ELSE moved.move_no END)
          AS last_no_in_time,
        SUM(CASE WHEN moved.move_no <= closing.move_no THEN moved.stock_increment ELSE 0 END)
          AS increment_counted,
        MAX(closing.move_no) AS closing_no,
        MAX(closing.sum_stock_increment) AS closing_sum
      FROM stock_moves AS moved
      LEFT JOIN stock_moves_history AS closing
        ON closing.item_id = moved.item_id AND closing.date = moved.date
      WHERE moved.item_id >= ? AND moved.item_id <= ?
      GROUP BY moved.item_id, moved.date
      ORDER BY moved.item_id, moved.date
      """;

  /** What a closing must be, by all that it counts: needed where a book_date is damaged only. */
  static final String SUM_OF_FIRST_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ COALESCE(SUM(stock_increment), 0)
      FROM stock_moves
      WHERE item_id = ? AND date <= ? AND move_no <= ?
      """;

  /** So many stale closings of a stretch are kept, of about 150 bytes each. */
  private static final int MOST_STALE = 100_000;

  private final LedgerScan checking;
  private final Consumer<Finding> findings;

  DayCheck(LedgerScan checking, Consumer<Finding> findings) {
    this.checking = checking;
    this.findings = findings;
  }

  /** All before the item has been looked at, and the item up to that day. */
  private record Place(long itemId, LocalDate date) {}

  /** What is to be said of a day, in the order of items and days. */
  private sealed interface Note {}

  private record Found(Finding finding) implements Note {}

  /** Says nothing yet: late moves must be added first. */
  private record Stale(StaleClosing closing) implements Note {}

  /** What a stretch gave. */
  private record OfStretch(List<Finding> findings, ClosingBacklog backlog) {}

  /** Returns the closings that there are to write. */
  ClosingBacklog run(ItemRange items) {
    LocalDate latestClosedDay = latestClosedDay();
    ClosingBacklog backlog = new ClosingBacklog();
    checking.walk(
        new Place(items.first(), LocalDate.MIN),
        (from, moves) -> read(from, items.last(), moves, latestClosedDay),
        (OfStretch stretch) -> {
          stretch.findings().forEach(findings);
          backlog.addAll(stretch.backlog());
        });
    return backlog;
  }

  private LocalDate latestClosedDay() {
    return checking
        .lookUp(
            LATEST_CLOSED_DAY,
            statement -> {},
            rows -> Optional.ofNullable(rows.getObject(1, LocalDate.class)))
        .get(0)
        .orElse(LocalDate.MIN);
  }

  private Stretch<Place, OfStretch> read(
      Place from, long lastItem, int moves, LocalDate latestClosedDay) {
    OptionalLong end = checking.endOfItems(from.itemId(), lastItem, moves);
    Days days =
        checking.aggregate(
            DAYS,
            (connection, sql) -> {
              try (PreparedStatement statement = LedgerScan.streaming(connection, sql)) {
                statement.setLong(1, from.itemId());
                statement.setLong(2, end.orElse(lastItem));
                return Days.read(statement, from, latestClosedDay);
              }
            });
    List<OfStretch> rows = List.of(new OfStretch(settle(days.notes), days.backlog));
    if (days.isFull()) {
      return new Stretch<>(rows, Optional.of(new Place(days.itemId, days.date)));
    }
    return new Stretch<>(
        rows,
        end.isEmpty()
            ? Optional.empty()
            : Optional.of(new Place(end.getAsLong() + 1, LocalDate.MIN)));
  }

  /** One statement for all stale closings. */
  private List<Finding> settle(List<Note> notes) {
    List<StaleClosing> stale =
        notes.stream()
            .filter(Stale.class::isInstance)
            .map(note -> ((Stale) note).closing())
            .toList();
    Iterator<BigDecimal> late =
        (stale.isEmpty() ? List.<BigDecimal>of() : LateMoves.sums(checking, stale)).iterator();
    List<Finding> settled = new ArrayList<>();
    for (Note note : notes) {
      if (note instanceof Found found) {
        settled.add(found.finding());
      } else if (note instanceof Stale closing) {
        wrongClosing(closing.closing(), late.next()).ifPresent(settled::add);
      }
    }
    return settled;
  }

  private Optional<Finding> wrongClosing(StaleClosing closing, BigDecimal late) {
    BigDecimal expected =
        closing.knowsOthers() ? closing.counted().add(late) : sumOfFirstMoves(closing);
    return wrongClosing(closing.itemId(), closing.date(), closing.sum(), expected);
  }

  private static Optional<Finding> wrongClosing(
      long itemId, LocalDate date, BigDecimal sum, BigDecimal expected) {
    return sum.compareTo(expected) == 0
        ? Optional.empty()
        : Optional.of(Finding.ofDay(6, itemId, date, "sum_stock_increment", sum, expected));
  }

  private BigDecimal sumOfFirstMoves(StaleClosing closing) {
    return checking
        .lookUp(
            SUM_OF_FIRST_MOVES,
            statement -> {
              statement.setLong(1, closing.itemId());
              statement.setObject(2, closing.date());
              statement.setLong(3, closing.moveNo());
            },
            rows -> rows.getBigDecimal(1))
        .get(0);
  }

  /** Adds the days of one item after the other up. */
  private static final class Days {
    private final LocalDate latestClosedDay;
    private final List<Note> notes = new ArrayList<>();
    private final ClosingBacklog backlog = new ClosingBacklog();
    private int found;
    private long itemId;
    private LocalDate date = LocalDate.MIN;

    // What is dated before the day, in the first three.
    private BigDecimal stock = BigDecimal.ZERO;
    private BigDecimal inTime = BigDecimal.ZERO;
    private long lastNoInTime = Long.MIN_VALUE;
    private long lastNo = Long.MIN_VALUE;

    private Days(LocalDate latestClosedDay) {
      this.latestClosedDay = latestClosedDay;
    }

    /**
     * Reads on until there is enough to say.
     *
     * @param from what was told before: the days of this item up to this one are only added up
     */
    static Days read(PreparedStatement statement, Place from, LocalDate latestClosedDay)
        throws SQLException {
      Days days = new Days(latestClosedDay);
      try (ResultSet rows = statement.executeQuery()) {
        while (!days.isFull() && rows.next()) {
          days.add(rows, from);
        }
      }
      return days;
    }

    boolean isFull() {
      return found >= LedgerScan.MOST_ROWS || notes.size() - found >= MOST_STALE;
    }

    private void add(ResultSet rows, Place from) throws SQLException {
      begin(rows.getLong("item_id"), rows.getObject("date", LocalDate.class));
      boolean told = itemId == from.itemId() && !date.isAfter(from.date());
      if (!told) {
        addClosing(rows);
        addToBacklog(rows);
      }
      BigDecimal increment = rows.getBigDecimal("increment");
      stock = stock.add(increment);
      inTime = inTime.add(increment).subtract(rows.getBigDecimal("late_increment"));
      lastNo = Math.max(lastNo, rows.getLong("last_no"));
      long dayInTime = rows.getLong("last_no_in_time");
      lastNoInTime = rows.wasNull() ? lastNoInTime : Math.max(lastNoInTime, dayInTime);
      if (stock.signum() < 0 && !told) {
        add(Finding.ofDay(4, itemId, date, "stock at the end of the day", stock, "at least 0"));
      }
    }

    private void begin(long item, LocalDate day) {
      if (date.equals(LocalDate.MIN) || item != itemId) {
        itemId = item;
        stock = BigDecimal.ZERO;
        inTime = BigDecimal.ZERO;
        lastNoInTime = Long.MIN_VALUE;
        lastNo = Long.MIN_VALUE;
      }
      date = day;
    }

    private void add(Finding finding) {
      notes.add(new Found(finding));
      found++;
    }

    private void addToBacklog(ResultSet rows) throws SQLException {
      long closingNo = rows.getLong("closing_no");
      if (rows.wasNull()) {
        if (!date.isAfter(latestClosedDay)) {
          backlog.missing().add(date);
        }
      } else if (Math.max(lastNo, rows.getLong("last_no")) > closingNo) {
        backlog.stale().add(date);
      }
    }

    /**
     * The closing of the day, which itself is not yet added up. A closing of some moves has one
     * dated on its day among them, so that the book_date of its last is not before its day. A move
     * in time, dated before that day, is booked before it, and so has a smaller number: the closing
     * counts it. That leaves late moves, which it may count or not.
     */
    private void addClosing(ResultSet rows) throws SQLException {
      BigDecimal sum = rows.getBigDecimal("closing_sum");
      if (sum == null) {
        return;
      }
      long closingNo = rows.getLong("closing_no");
      BigDecimal ofDay = rows.getBigDecimal("increment_counted");
      if (lastNo > closingNo) {
        notes.add(
            new Stale(
                new StaleClosing(
                    itemId, date, closingNo, sum, inTime.add(ofDay), lastNoInTime <= closingNo)));
      } else {
        wrongClosing(itemId, date, sum, stock.add(ofDay)).ifPresent(this::add);
      }
    }
  }
}
