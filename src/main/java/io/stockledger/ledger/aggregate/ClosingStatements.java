package io.stockledger.ledger.aggregate;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The statements of {@code run-batch}, and what goes into them and comes out of them. In which
 * order they run, {@link DayClosing} knows.
 */
public final class ClosingStatements {

  /**
   * What the closing of each item that moved on the day is made of: the stock after its latest
   * move, and the increments dated after the day.
   *
   * <p>A day and all that came after it is one range of the clustered key, because {@code
   * book_date} never moves back: an item that moved on the day has its latest move in the range,
   * late moves included. A hint is in the query block of the table that it names; elsewhere it has
   * no effect (pingcap/tidb 41944).
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

  /** A closing of fewer moves never overwrites one of more moves. One row; more are put in. */
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
   * Tells which closings of a chunk were left for those of more moves. One item; more are put in.
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
  private static final String ITEM = "(?)";

  private ClosingStatements() {}

  /**
   * Prepares to read the closings of the items after one item and up to another, in their order, as
   * a stream: Connector/J keeps a whole result in memory unless it is asked for so (its manual,
   * "JDBC API implementation notes").
   *
   * <p>The stream may stand still while a chunk is written. A server ends a connection whose client
   * does not read for {@code net_write_timeout}, 60 s by default; Connector/J sets that to 600 s
   * for the statement (its manual, {@code netTimeoutForStreamingResults}), and TiDB has no such
   * limit (its pkg/sessionctx/variable/noop.go has the variable, which does nothing). A stream that
   * is ended all the same counts as a lost connection, after which a new one begins behind the last
   * item that is done.
   *
   * @param sql {@link #CLOSINGS_OF_DAY}, with its hints or without
   */
  static PreparedStatement closingsOfDay(
      Connection connection, String sql, LocalDate day, long afterItem, long lastItem)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(Integer.MIN_VALUE);
    statement.setObject(1, day);
    statement.setObject(2, day);
    statement.setLong(3, afterItem);
    statement.setLong(4, lastItem);
    statement.setObject(5, day);
    statement.setObject(6, day);
    return statement;
  }

  /** The closing that a row of {@link #CLOSINGS_OF_DAY} is about. */
  static Closing closing(ResultSet rows) throws SQLException {
    BigDecimal units =
        rows.getBigDecimal("stock_after").subtract(rows.getBigDecimal("increment_after_day"));
    return new Closing(rows.getLong("item_id"), rows.getLong("move_no"), units);
  }

  /** Writes closings that are in range, at least one. */
  static void write(Connection connection, LocalDate day, List<Closing> closings)
      throws SQLException {
    String rows = String.join(", ", Collections.nCopies(closings.size(), ROW));
    String sql = WRITE_CLOSINGS.replace(ROW, rows);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 0;
      for (Closing closing : closings) {
        statement.setLong(++parameter, closing.itemId());
        statement.setObject(++parameter, day);
        statement.setLong(++parameter, closing.units().longValueExact());
        statement.setLong(++parameter, closing.moveNo());
      }
      statement.executeUpdate();
    }
  }

  /** How many moves the closings of these items count, by item. */
  static Map<Long, Long> movesCounted(Connection connection, LocalDate day, List<Closing> closings)
      throws SQLException {
    String items = String.join(", ", Collections.nCopies(closings.size(), "?"));
    String sql = MOVES_COUNTED.replace(ITEM, "(" + items + ")");
    Map<Long, Long> counted = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 0;
      statement.setObject(++parameter, day);
      for (Closing closing : closings) {
        statement.setLong(++parameter, closing.itemId());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          counted.put(rows.getLong("item_id"), rows.getLong("move_no"));
        }
      }
    }
    return counted;
  }

  /** The number of the item's latest move. */
  static long lastNumber(Connection connection, long itemId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LAST_NUMBER)) {
      statement.setLong(1, itemId);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /**
   * The number in the middle of the items after one item and up to another.
   *
   * @return a number that splits them, or empty if there are not two items
   */
  static OptionalLong middle(Connection connection, long afterItem, long lastItem)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ITEM_BOUNDS)) {
      statement.setLong(1, afterItem);
      statement.setLong(2, lastItem);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        long first = rows.getLong(1);
        long last = rows.getLong(2);
        // Both are 0 if there is no item: the columns are NULL then.
        return first == last ? OptionalLong.empty() : OptionalLong.of(first + (last - first) / 2);
      }
    }
  }
}
