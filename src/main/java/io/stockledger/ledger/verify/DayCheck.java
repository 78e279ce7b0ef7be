package io.stockledger.ledger.verify;

import io.stockledger.db.Sql;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.closing.DueClosings;
import io.stockledger.ledger.closing.DueClosings.Due;
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
 * The check of invariant 4 and of the sums of invariant 6: it computes the stock at the end of each
 * day of each item. It also counts the closings that {@code run-batch} has yet to write.
 *
 * <p>The check is right beside traffic. One statement sees the first moves of an item without a gap
 * and the closings that were computed from them. No removal among those moves makes any day
 * negative, and the moves that a closing counts, the first {@code move_no} moves of its item, never
 * change. A closing is stale, which is no finding, if moves dated up to its day were appended after
 * it was written. The latest closed day is read before everything else, so that a batch under way
 * does not make a closing look missing.
 */
public final class DayCheck {

  static final String LATEST_CLOSED_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ MAX(date) AS last_day
      FROM stock_moves_history
      """;

  /**
   * Each day of each item with the sum of its moves and, where there is a closing of the day, the
   * sum of those that the closing counts. Running sums are computed in this class, because TiFlash
   * computes no SUM over a window.
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

  /** What a closing must be, from all moves that it counts. Needed if a book_date is damaged. */
  static final String SUM_OF_FIRST_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ COALESCE(SUM(stock_increment), 0)
      FROM stock_moves
      WHERE item_id = ? AND date <= ? AND move_no <= ?
      """;

  /** The largest number of stale closings to keep, of about 150 bytes each. */
  private static final int MOST_STALE = 100_000;

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  DayCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  /** The item and day up to which all days have been checked. */
  private record Place(long itemId, StoredDate date) {}

  /** A note about a day, in the order of items and days. */
  private sealed interface Note {}

  private record Found(Finding finding) implements Note {}

  /** A closing that can be checked only once late moves have been added. */
  private record Stale(StaleClosing closing) implements Note {}

  /** The result of a stretch. */
  private record OfStretch(List<Finding> findings, ClosingBacklog backlog) {}

  /** Checks items and returns the closings that run-batch has yet to write. */
  ClosingBacklog run(ItemRange items) {
    StoredDate latestClosedDay = latestClosedDay();
    ClosingBacklog backlog = new ClosingBacklog();
    scan.walk(
        new Place(items.first(), StoredDate.MIN),
        (from, moves) -> read(from, items.last(), moves, latestClosedDay),
        (OfStretch stretch) -> {
          stretch.findings().forEach(findings);
          backlog.addAll(stretch.backlog());
        });
    return backlog;
  }

  private StoredDate latestClosedDay() {
    return scan.lookUp(LATEST_CLOSED_DAY, row -> StoredDate.ifAny(row, "last_day"))
        .get(0)
        .orElse(StoredDate.MIN);
  }

  private Stretch<Place, OfStretch> read(
      Place from, long lastItem, int moves, StoredDate latestClosedDay) {
    OptionalLong end = scan.endOfItems(from.itemId(), lastItem, moves);
    Days days =
        scan.aggregate(
            DAYS,
            (connection, sql) -> {
              try (PreparedStatement statement =
                  Sql.stream(connection, sql, from.itemId(), end.orElse(lastItem))) {
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
            : Optional.of(new Place(end.getAsLong() + 1, StoredDate.MIN)));
  }

  /** Turns notes into findings, with one statement for all stale closings. */
  private List<Finding> settle(List<Note> notes) {
    List<StaleClosing> stale =
        notes.stream()
            .filter(Stale.class::isInstance)
            .map(note -> ((Stale) note).closing())
            .toList();
    Iterator<BigDecimal> late =
        (stale.isEmpty() ? List.<BigDecimal>of() : LateMoves.sums(scan, stale)).iterator();
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
        : Optional.of(
            Finding.ofDay(Invariant.CLOSINGS, itemId, date, "sum_stock_increment", sum, expected));
  }

  private BigDecimal sumOfFirstMoves(StaleClosing closing) {
    return scan.lookUp(
            SUM_OF_FIRST_MOVES,
            row -> row.getBigDecimal(1),
            closing.itemId(),
            closing.date(),
            closing.moveNo())
        .get(0);
  }

  /** Adds up the days of one item after another. */
  private static final class Days {
    private final StoredDate latestClosedDay;
    private final List<Note> notes = new ArrayList<>();
    private final ClosingBacklog backlog = new ClosingBacklog();
    private int found;
    private long itemId;
    private StoredDate date = StoredDate.MIN;

    // Of the item's moves dated before the day: their sum, the sum of those that are not late, the
    // last number of those, and which closings are due with the last number of all.
    private BigDecimal stock = BigDecimal.ZERO;
    private BigDecimal inTime = BigDecimal.ZERO;
    private long lastNoInTime = Long.MIN_VALUE;
    private DueClosings closings = new DueClosings();

    private Days(StoredDate latestClosedDay) {
      this.latestClosedDay = latestClosedDay;
    }

    /**
     * Reads rows until the end or until enough notes are collected.
     *
     * @param from the days of this item up to this day were checked before: they are only added up
     */
    static Days read(PreparedStatement statement, Place from, StoredDate latestClosedDay)
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
      begin(rows.getLong("item_id"), StoredDate.of(rows, "date"));
      boolean isChecked = itemId == from.itemId() && !date.isAfter(from.date());
      // Moves and closings whose date is not a day are named by other checks. These moves count
      // for the days after, as in each sum that the server computes.
      Optional<LocalDate> day = isChecked ? Optional.empty() : date.day();
      if (day.isPresent()) {
        addClosing(day.get(), rows);
      }
      Due due = due(rows);
      day.ifPresent(checked -> addToBacklog(checked, due));
      BigDecimal increment = rows.getBigDecimal("increment");
      stock = stock.add(increment);
      inTime = inTime.add(increment).subtract(rows.getBigDecimal("late_increment"));
      long dayInTime = rows.getLong("last_no_in_time");
      lastNoInTime = rows.wasNull() ? lastNoInTime : Math.max(lastNoInTime, dayInTime);
      if (stock.signum() < 0 && day.isPresent()) {
        add(
            Finding.ofDay(
                Invariant.NO_DAY_BELOW_ZERO,
                itemId,
                day.get(),
                "stock at the end of the day",
                stock,
                "at least 0"));
      }
    }

    private void begin(long item, StoredDate day) {
      if (date.equals(StoredDate.MIN) || item != itemId) {
        itemId = item;
        stock = BigDecimal.ZERO;
        inTime = BigDecimal.ZERO;
        lastNoInTime = Long.MIN_VALUE;
        closings = new DueClosings();
      }
      date = day;
    }

    private void add(Finding finding) {
      notes.add(new Found(finding));
      found++;
    }

    private Due due(ResultSet rows) throws SQLException {
      long lastNo = rows.getLong("last_no");
      long closingNo = rows.getLong("closing_no");
      return closings.next(
          lastNo, rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(closingNo));
    }

    private void addToBacklog(LocalDate day, Due due) {
      if (due == Due.STALE) {
        backlog.stale().add(day);
      } else if (due == Due.MISSING && !date.isAfter(latestClosedDay)) {
        backlog.missing().add(day);
      }
    }

    /**
     * Checks the closing of a day before the day's own moves are added. The last move that a
     * closing counts has a book_date on the closing's day or later, because one of its moves is
     * dated on that day. A move in time that is dated before the day is booked before it, so it has
     * a smaller number and the closing counts it. Only for late moves it is open whether the
     * closing counts them.
     */
    private void addClosing(LocalDate day, ResultSet rows) throws SQLException {
      BigDecimal sum = rows.getBigDecimal("closing_sum");
      if (sum == null) {
        return;
      }
      long closingNo = rows.getLong("closing_no");
      BigDecimal ofDay = rows.getBigDecimal("increment_counted");
      if (closings.lastNo() > closingNo) {
        notes.add(
            new Stale(
                new StaleClosing(
                    itemId, day, closingNo, sum, inTime.add(ofDay), lastNoInTime <= closingNo)));
      } else {
        wrongClosing(itemId, day, sum, stock.add(ofDay)).ifPresent(this::add);
      }
    }
  }
}
