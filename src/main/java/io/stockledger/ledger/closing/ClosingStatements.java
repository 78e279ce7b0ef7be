package io.stockledger.ledger.closing;

import io.stockledger.db.Sql;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.rule.MoveRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The statements of {@code run-batch} beside its scans. */
public final class ClosingStatements {

  /**
   * Moves never change, so it may read another snapshot. For several moves the key is repeated. By
   * the clustered key, which is one probe where item_move would be two.
   */
  public static final String STOCKS_AFTER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, stock_after
      FROM stock_moves FORCE INDEX (PRIMARY)
      WHERE (book_date, item_id, move_no) IN ((?, ?, ?))
      """;

  /** The same of one move, whatever day it is booked under. */
  public static final String STOCK_AFTER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ stock_after
      FROM stock_moves FORCE INDEX (item_move)
      WHERE item_id = ? AND move_no = ?
      """;

  /** Writes closings that are not there yet. For several closings the row is repeated. */
  public static final String INSERT_CLOSINGS =
      """
      INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)
      VALUES (?, ?, ?, ?)
      """;

  /**
   * A batch that saw fewer moves never overwrites the closing of one that saw more. For several
   * closings the row is repeated.
   */
  public static final String WRITE_CLOSINGS =
      """
      INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)
      VALUES (?, ?, ?, ?)
      ON DUPLICATE KEY UPDATE
        updated_at = CASE WHEN VALUES(move_no) >= stock_moves_history.move_no
          THEN CURRENT_TIMESTAMP(6) ELSE stock_moves_history.updated_at END,
        sum_stock_increment = CASE WHEN VALUES(move_no) >= stock_moves_history.move_no
          THEN VALUES(sum_stock_increment) ELSE stock_moves_history.sum_stock_increment END,
        move_no = GREATEST(VALUES(move_no), stock_moves_history.move_no)
      """;

  /**
   * Returns some closings as stored. For several closings the pair is repeated. By their keys,
   * because the closings of a chunk may be of few days that are far from each other.
   */
  public static final String NUMBERS_OF_CLOSINGS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ item_id, date, move_no
      FROM stock_moves_history FORCE INDEX (PRIMARY)
      WHERE (item_id, date) IN ((?, ?))
      """;

  /**
   * Finds the items that have a move of the number given, which is the one after the last move that
   * a closing counts: numbers have no gaps, so an item without it has no later move. For several
   * items the pair is repeated. Without the name of the index MariaDB reads all moves of the items
   * from item_date.
   */
  public static final String NEXT_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id
      FROM stock_moves FORCE INDEX (item_move)
      WHERE (item_id, move_no) IN ((?, ?))
      """;

  public static final String FIRST_DAY_OF_LATER_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ MIN(date) AS first_day
      FROM stock_moves FORCE INDEX (item_move)
      WHERE item_id = ? AND move_no > ?
      """;

  public static final String LAST_NUMBER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ MAX(move_no)
      FROM stock_moves
      WHERE item_id = ?
      """;

  public static final String ITEM_BOUNDS =
      """
      SELECT MIN(item_id), MAX(item_id) FROM items WHERE item_id > ? AND item_id <= ?
      """;

  private static final String ROW = "(?, ?, ?, ?)";

  /**
   * How many closings one statement writes: enough that round trips do not matter, and far below
   * the limits. It uses 8,000 of the 65,535 parameters that a prepared statement may have and some
   * 200 KB of the 100 MB of a transaction (docs.pingcap.com, {@code txn-total-size-limit}).
   */
  static final int MOST_ROWS = 2_000;

  private ClosingStatements() {}

  /**
   * Writes those closings that a BIGINT holds, {@link #MOST_ROWS} per statement.
   *
   * @param sql {@link #INSERT_CLOSINGS} or {@link #WRITE_CLOSINGS}
   * @param written is run after each statement
   */
  static void write(Connection connection, String sql, List<Closing> closings, Runnable written)
      throws SQLException {
    List<Closing> inRange = closings.stream().filter(Closing::isInRange).toList();
    for (int from = 0; from < inRange.size(); from += MOST_ROWS) {
      List<Closing> rows = inRange.subList(from, Math.min(from + MOST_ROWS, inRange.size()));
      List<Object> parameters = new ArrayList<>(rows.size() * 4);
      for (Closing closing : rows) {
        parameters.add(closing.itemId());
        parameters.add(closing.day());
        parameters.add(closing.units().longValueExact());
        parameters.add(closing.moveNo());
      }
      Sql.update(connection, Sql.repeat(sql, ROW, rows.size()), parameters.toArray());
      written.run();
    }
  }

  /** Returns how many moves these closings count as stored, by item and day. */
  static Map<ClosingKey, Long> numbers(Connection connection, List<Closing> closings)
      throws SQLException {
    Map<ClosingKey, Long> numbers = new HashMap<>();
    for (int from = 0; from < closings.size(); from += MOST_ROWS) {
      List<Closing> part = closings.subList(from, Math.min(from + MOST_ROWS, closings.size()));
      List<Object> parameters = new ArrayList<>(part.size() * 2);
      part.forEach(closing -> parameters.addAll(List.of(closing.itemId(), closing.day())));
      Sql.rows(
          connection,
          Sql.repeat(NUMBERS_OF_CLOSINGS, "(?, ?)", part.size()),
          row ->
              numbers.put(
                  new ClosingKey(row.getLong("item_id"), StoredDate.day(row, "date", "item_id")),
                  row.getLong("move_no")),
          parameters.toArray());
    }
    return numbers;
  }

  /** Returns those items that have a move after one of them, by the numbers of these moves. */
  static List<Long> itemsWithNextMove(Connection connection, Map<Long, Long> lastNumbers)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(lastNumbers.size() * 2);
    lastNumbers.forEach(
        (itemId, lastNumber) -> {
          parameters.add(itemId);
          parameters.add(lastNumber + 1);
        });
    return Sql.rows(
        connection,
        Sql.repeat(NEXT_MOVES, "(?, ?)", lastNumbers.size()),
        row -> row.getLong(1),
        parameters.toArray());
  }

  /**
   * Returns the earliest day on which a move after the one of a number is dated; if that date is
   * not a day, the first of all days.
   */
  static Optional<LocalDate> firstDayOfLaterMoves(Connection connection, long itemId, long number)
      throws SQLException {
    return Sql.rows(
            connection,
            FIRST_DAY_OF_LATER_MOVES,
            row ->
                StoredDate.ifAny(row, "first_day")
                    .map(date -> date.day().orElse(MoveRequest.FIRST_DAY)),
            itemId,
            number)
        .get(0);
  }

  /** Returns the number of the item's latest move. */
  static long lastNumber(Connection connection, long itemId) throws SQLException {
    return Sql.number(connection, LAST_NUMBER, itemId);
  }

  /**
   * Returns the number in the middle of the items after one item and up to another.
   *
   * @return a number that divides them, or empty if there are fewer than two items
   */
  static OptionalLong middle(Connection connection, long afterItem, long lastItem)
      throws SQLException {
    // Both are 0 if there is no item: the columns are NULL then.
    long[] bounds =
        Sql.row(
                connection,
                ITEM_BOUNDS,
                row -> new long[] {row.getLong(1), row.getLong(2)},
                afterItem,
                lastItem)
            .orElseThrow();
    return bounds[0] == bounds[1]
        ? OptionalLong.empty()
        : OptionalLong.of(bounds[0] + (bounds[1] - bounds[0]) / 2);
  }
}
