package io.stockledger.ledger;

import io.stockledger.ledger.Checking.Stretch;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Invariant 4, and the sums of invariant 6: the stock at the end of each day, day by day.
 *
 * <p>Right beside traffic: one statement sees an item's first moves, without a gap, and each
 * closing that was made of them. No removal among them was accepted that makes any day negative,
 * and what a closing counts, the item's first {@code move_no} moves, never changes. A closing with
 * moves up to its day that came later is stale, not wrong.
 */
final class DayCheck {

  /**
   * Each day of each item with what moved on it, and, where there is a closing of it, what of that
   * the closing counts. Its rows are added up here: TiFlash computes no SUM over a window.
   */
  static final String DAYS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[moved, closing]) */
        moved.item_id,
        moved.date,
        SUM(moved.stock_increment) AS increment,
        MAX(moved.move_no) AS last_no,
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

  /** What a closing must be, for the few that do not count all that is dated before their day. */
  static final String SUM_OF_FIRST_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ COALESCE(SUM(stock_increment), 0)
      FROM stock_moves
      WHERE item_id = ? AND date <= ? AND move_no <= ?
      """;

  private final Checking checking;
  private final Consumer<Finding> findings;

  DayCheck(Checking checking, Consumer<Finding> findings) {
    this.checking = checking;
    this.findings = findings;
  }

  /** All before the item has been looked at, and the item up to that day. */
  private record Place(long itemId, LocalDate date) {}

  /** What is to be said of a day, or looked up. */
  private sealed interface Note {
    Place place();
  }

  private record NegativeDay(Place place, BigDecimal stock) implements Note {}

  private record WrongClosing(Place place, BigDecimal sum, BigDecimal expected) implements Note {}

  /** Moves dated before its day came after it. */
  private record StaleClosing(Place place, BigDecimal sum, long moveNo) implements Note {}

  void run(ItemRange items) {
    checking.walk(
        new Place(items.first(), LocalDate.MIN),
        (from, moves) -> read(from, items.last(), moves),
        this::report);
  }

  private Stretch<Place, Note> read(Place from, long lastItem, int moves) {
    OptionalLong end = checking.endOfItems(from.itemId(), lastItem, moves);
    List<Note> notes =
        checking.aggregate(
            DAYS,
            (connection, sql) -> {
              try (PreparedStatement statement = streaming(connection, sql)) {
                statement.setLong(1, from.itemId());
                statement.setLong(2, end.orElse(lastItem));
                return notes(statement, from);
              }
            });
    if (notes.size() >= Checking.MOST_ROWS) {
      return new Stretch<>(notes, Optional.of(notes.get(notes.size() - 1).place()));
    }
    return new Stretch<>(
        notes,
        end.isEmpty()
            ? Optional.empty()
            : Optional.of(new Place(end.getAsLong() + 1, LocalDate.MIN)));
  }

  /** Connector/J keeps a whole result in memory unless it is asked for so (its manual, notes). */
  private static PreparedStatement streaming(Connection connection, String sql)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(Integer.MIN_VALUE);
    return statement;
  }

  private static List<Note> notes(PreparedStatement statement, Place from) throws SQLException {
    List<Note> notes = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      Days days = new Days();
      while (notes.size() < Checking.MOST_ROWS && rows.next()) {
        List<Note> ofDay = days.add(rows);
        boolean told = days.itemId == from.itemId() && !days.date.isAfter(from.date());
        if (!told) {
          notes.addAll(ofDay);
        }
      }
    }
    return notes;
  }

  /** Adds the days of one item after the other up. */
  private static final class Days {
    private long itemId;
    private LocalDate date = LocalDate.MIN;
    private BigDecimal stock = BigDecimal.ZERO;
    private long lastNo = Long.MIN_VALUE;

    /** The next day. */
    List<Note> add(ResultSet rows) throws SQLException {
      long item = rows.getLong("item_id");
      if (date.equals(LocalDate.MIN) || item != itemId) {
        itemId = item;
        stock = BigDecimal.ZERO;
        lastNo = Long.MIN_VALUE;
      }
      date = rows.getObject("date", LocalDate.class);
      List<Note> notes = new ArrayList<>(2);
      closing(rows).ifPresent(notes::add);
      stock = stock.add(rows.getBigDecimal("increment"));
      lastNo = Math.max(lastNo, rows.getLong("last_no"));
      if (stock.signum() < 0) {
        notes.add(new NegativeDay(new Place(itemId, date), stock));
      }
      return notes;
    }

    /** What is not as it must be of the day's closing; the day itself is not yet added. */
    private Optional<Note> closing(ResultSet rows) throws SQLException {
      BigDecimal sum = rows.getBigDecimal("closing_sum");
      if (sum == null) {
        return Optional.empty();
      }
      Place place = new Place(itemId, date);
      long closingNo = rows.getLong("closing_no");
      if (lastNo > closingNo) {
        return Optional.of(new StaleClosing(place, sum, closingNo));
      }
      BigDecimal expected = stock.add(rows.getBigDecimal("increment_counted"));
      return sum.compareTo(expected) == 0
          ? Optional.empty()
          : Optional.of(new WrongClosing(place, sum, expected));
    }
  }

  private void report(Note note) {
    Place place = note.place();
    if (note instanceof NegativeDay day) {
      findings.accept(
          Finding.ofDay(
              4,
              place.itemId(),
              place.date(),
              "stock at the end of the day",
              day.stock(),
              "at least 0"));
    } else if (note instanceof WrongClosing closing) {
      reportClosing(place, closing.sum(), closing.expected());
    } else if (note instanceof StaleClosing closing) {
      BigDecimal expected = sumOfFirstMoves(place, closing.moveNo());
      if (closing.sum().compareTo(expected) != 0) {
        reportClosing(place, closing.sum(), expected);
      }
    }
  }

  private void reportClosing(Place place, BigDecimal sum, BigDecimal expected) {
    findings.accept(
        Finding.ofDay(6, place.itemId(), place.date(), "sum_stock_increment", sum, expected));
  }

  private BigDecimal sumOfFirstMoves(Place place, long moveNo) {
    return checking
        .lookUp(
            SUM_OF_FIRST_MOVES,
            statement -> {
              statement.setLong(1, place.itemId());
              statement.setObject(2, place.date());
              statement.setLong(3, moveNo);
            },
            rows -> rows.getBigDecimal(1))
        .get(0);
  }
}
