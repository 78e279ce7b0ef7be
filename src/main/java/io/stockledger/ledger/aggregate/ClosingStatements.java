package io.stockledger.ledger.aggregate;

import io.stockledger.db.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The statements of {@code run-batch}. {@link DayClosing} knows in which order they are sent. */
public final class ClosingStatements {

  /**
   * Returns, for each item that moved on the day, the stock after its latest move and the sum of
   * its increments dated after the day. The closing is the difference.
   *
   * <p>Both are in one range of the clustered key, the moves booked on the day or later: {@code
   * book_date} never moves back, so the latest move of an item that moved on the day is in that
   * range, and so are late moves. Each hint is in the query block of the table that it names;
   * elsewhere it has no effect (pingcap/tidb 41944).
   */
  public static final String CLOSINGS_OF_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[latest]) */
        latest.item_id, latest.move_no, latest.stock_after, moved.increment_after_day
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          item_id,
          MAX(move_no) AS move_no,
          SUM(CASE WHEN date > ? THEN stock_increment ELSE 0 END) AS increment_after_day
        FROM stock_moves
        WHERE book_date >= ? AND item_id > ? AND item_id <= ?
        GROUP BY item_id
        HAVING MAX(CASE WHEN date = ? THEN 1 ELSE 0 END) = 1
      ) AS moved
      JOIN stock_moves AS latest
        ON latest.item_id = moved.item_id AND latest.move_no = moved.move_no
      WHERE latest.book_date >= ?
      ORDER BY latest.item_id
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
   * Finds the closings of a chunk that another batch wrote from more moves. For several items the
   * place in IN is repeated.
   */
  public static final String MOVES_COUNTED =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ item_id, move_no
      FROM stock_moves_history
      WHERE date = ? AND item_id IN (?)
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

  private ClosingStatements() {}

  /**
   * Prepares to read the closings of the items after one item and up to another, in the order of
   * the items, as a stream.
   *
   * <p>The stream may stand still while a chunk is written. A server ends a connection whose client
   * does not read for {@code net_write_timeout}, 60 s by default; Connector/J sets that to 600 s
   * for the statement (its manual, {@code netTimeoutForStreamingResults}), and TiDB has no such
   * limit (its pkg/sessionctx/variable/noop.go has the variable, which does nothing). If a stream
   * ends early all the same, that counts as a lost connection, and a new stream begins after the
   * last item that is done.
   *
   * @param sql {@link #CLOSINGS_OF_DAY}, with its hints or without
   */
  static PreparedStatement closingsOfDay(
      Connection connection, String sql, LocalDate day, long afterItem, long lastItem)
      throws SQLException {
    return Sql.stream(connection, sql, day, day, afterItem, lastItem, day, day);
  }

  /** Returns the closing that a row of {@link #CLOSINGS_OF_DAY} results in. */
  static Closing closing(ResultSet row) throws SQLException {
    BigDecimal units =
        row.getBigDecimal("stock_after").subtract(row.getBigDecimal("increment_after_day"));
    return new Closing(row.getLong("item_id"), row.getLong("move_no"), units);
  }

  /** Writes closings that are in range, at least one. */
  static void write(Connection connection, LocalDate day, List<Closing> closings)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    for (Closing closing : closings) {
      parameters.add(closing.itemId());
      parameters.add(day);
      parameters.add(closing.units().longValueExact());
      parameters.add(closing.moveNo());
    }
    Sql.update(connection, Sql.repeat(WRITE_CLOSINGS, ROW, closings.size()), parameters.toArray());
  }

  /** Returns how many moves the closings of these items count, by item. */
  static Map<Long, Long> movesCounted(Connection connection, LocalDate day, List<Closing> closings)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(day));
    closings.forEach(closing -> parameters.add(closing.itemId()));
    String places = "(" + Sql.repeat("?", "?", closings.size()) + ")";
    Map<Long, Long> counted = new HashMap<>();
    Sql.rows(
        connection,
        MOVES_COUNTED.replace("(?)", places),
        row -> counted.put(row.getLong("item_id"), row.getLong("move_no")),
        parameters.toArray());
    return counted;
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
