package io.stockledger.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Every statement on moves, and what goes into it and comes out of it. What they are for, and in
 * which order, {@link StockRepository} knows.
 */
final class StockStatements {

  // All that an append decides on comes from one row of one derived table: TiDB may evaluate
  // separate scalar subqueries at another timestamp (pingcap/tidb 45677). FORCE INDEX keeps the
  // plan off a sort over all the item's moves when statistics are bad.

  /** The first move of an item is number 1; an unknown item inserts nothing. */
  static final String APPEND_ADDITION =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      SELECT items.item_id, ?, ?,
        COALESCE(latest.move_no, 0) + 1,
        COALESCE(latest.stock_after, 0) + ?,
        CASE WHEN latest.book_date > CAST(? AS DATE) THEN latest.book_date ELSE CAST(? AS DATE) END,
        ?
      FROM items
      LEFT JOIN (
        SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
          item_id, move_no, stock_after, book_date
        FROM stock_moves FORCE INDEX (item_move)
        WHERE item_id = ?
        ORDER BY move_no DESC
        LIMIT 1
      ) AS latest ON latest.item_id = items.item_id
      WHERE items.item_id = ?
      """;

  /**
   * Inserts nothing when there is not enough, and when the item has moves dated after the day: then
   * the stock of those later days decides, which one row does not know.
   */
  static final String APPEND_REMOVAL =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      SELECT latest.item_id, ?, ?, latest.move_no + 1, latest.stock_after - ?, ?, ?
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
          item_id, move_no, stock_after, book_date
        FROM stock_moves FORCE INDEX (item_move)
        WHERE item_id = ?
        ORDER BY move_no DESC
        LIMIT 1
      ) AS latest
      WHERE latest.stock_after >= ? AND latest.book_date <= ?
      """;

  /** Appends at the number that was read; somebody else's move of that number makes it a 1062. */
  static final String APPEND_AT_NUMBER =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  /** One row for a known item, with nulls before its first move. */
  static final String LATEST_MOVE =
      """
      SELECT items.item_id, latest.move_no, latest.stock_after, latest.book_date
      FROM items
      LEFT JOIN (
        SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
          item_id, move_no, stock_after, book_date
        FROM stock_moves FORCE INDEX (item_move)
        WHERE item_id = ?
        ORDER BY move_no DESC
        LIMIT 1
      ) AS latest ON latest.item_id = items.item_id
      WHERE items.item_id = ?
      """;

  /** The number bounds it, so that it speaks of the same moment as the latest move. */
  static final String INCREMENTS_AFTER_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ COALESCE(SUM(stock_increment), 0)
      FROM stock_moves FORCE INDEX (item_date)
      WHERE item_id = ? AND date > ? AND move_no <= ?
      """;

  /** Day by day, the latest first. */
  static final String INCREMENTS_OF_DAYS_AFTER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ SUM(stock_increment)
      FROM stock_moves FORCE INDEX (item_date)
      WHERE item_id = ? AND date > ? AND move_no <= ?
      GROUP BY date
      ORDER BY date DESC
      """;

  static final String MOVE_OF_REQUEST =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, stock_increment, date, request_id
      FROM stock_moves
      WHERE request_id = ?
      """;

  /** Only keeps order: what it locks is neither read nor written by the appends. */
  static final String QUEUE_AT_ITEM =
      """
      SELECT item_id FROM items WHERE item_id = ? FOR UPDATE
      """;

  private final LedgerTables tables;

  StockStatements(LedgerTables tables) {
    this.tables = tables;
  }

  /** Gives 1, or 0 for an unknown item. */
  int appendAddition(Connection connection, Move move) throws SQLException {
    try (PreparedStatement statement = prepare(connection, APPEND_ADDITION)) {
      statement.setLong(1, move.increment());
      statement.setObject(2, move.date());
      statement.setLong(3, move.increment());
      statement.setObject(4, move.date());
      statement.setObject(5, move.date());
      statement.setString(6, move.requestId());
      statement.setLong(7, move.itemId());
      statement.setLong(8, move.itemId());
      return statement.executeUpdate();
    }
  }

  /** Gives 1, or 0 if it is not this statement that can decide or the stock does not allow it. */
  int appendRemoval(Connection connection, Move move) throws SQLException {
    try (PreparedStatement statement = prepare(connection, APPEND_REMOVAL)) {
      statement.setLong(1, move.increment());
      statement.setObject(2, move.date());
      statement.setLong(3, -move.increment());
      statement.setObject(4, move.date());
      statement.setString(5, move.requestId());
      statement.setLong(6, move.itemId());
      statement.setLong(7, -move.increment());
      statement.setObject(8, move.date());
      return statement.executeUpdate();
    }
  }

  /** Appends right after a move that was read, whatever it takes from the stock. */
  void appendAfter(Connection connection, LatestMove latest, Move move) throws SQLException {
    LatestMove next = latest.followedBy(move);
    try (PreparedStatement statement = prepare(connection, APPEND_AT_NUMBER)) {
      statement.setLong(1, move.itemId());
      statement.setLong(2, move.increment());
      statement.setObject(3, move.date());
      statement.setLong(4, next.moveNo());
      statement.setLong(5, next.stockAfter());
      statement.setObject(6, next.bookDate());
      statement.setString(7, move.requestId());
      statement.executeUpdate();
    }
  }

  /** Waits for its turn at the item's row, within a transaction. */
  void queueAtItem(Connection connection, long itemId) throws SQLException {
    try (PreparedStatement statement = prepare(connection, QUEUE_AT_ITEM)) {
      statement.setLong(1, itemId);
      statement.execute();
    }
  }

  /** The move that a request made. */
  Optional<Move> moveOfRequest(Connection connection, String requestId) throws SQLException {
    try (PreparedStatement statement = prepare(connection, MOVE_OF_REQUEST)) {
      statement.setString(1, requestId);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new Move(
                rows.getLong("item_id"),
                rows.getLong("stock_increment"),
                rows.getObject("date", LocalDate.class),
                rows.getString("request_id")));
      }
    }
  }

  /** Empty for an unknown item. */
  Optional<LatestMove> latestMove(Connection connection, long itemId) throws SQLException {
    try (PreparedStatement statement = prepare(connection, LATEST_MOVE)) {
      statement.setLong(1, itemId);
      statement.setLong(2, itemId);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        LocalDate bookDate = rows.getObject("book_date", LocalDate.class);
        return Optional.of(
            new LatestMove(
                itemId,
                rows.getLong("move_no"),
                rows.getLong("stock_after"),
                bookDate == null ? LocalDate.MIN : bookDate));
      }
    }
  }

  /** The lowest stock at the end of any day from the day on, among the moves up to the latest. */
  long availableFrom(Connection connection, LatestMove latest, LocalDate day) throws SQLException {
    if (!latest.bookDate().isAfter(day)) {
      return latest.stockAfter();
    }
    BigDecimal endOfDay = BigDecimal.valueOf(latest.stockAfter());
    BigDecimal lowest = endOfDay;
    try (PreparedStatement statement = prepare(connection, INCREMENTS_OF_DAYS_AFTER)) {
      setItemDayAndNumber(statement, latest, day);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          endOfDay = endOfDay.subtract(rows.getBigDecimal(1));
          lowest = lowest.min(endOfDay);
        }
      }
    }
    return lowest.longValueExact();
  }

  /** The sum of what is dated after the day, among the moves up to the latest. */
  BigDecimal incrementsAfter(Connection connection, LatestMove latest, LocalDate day)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, INCREMENTS_AFTER_DAY)) {
      setItemDayAndNumber(statement, latest, day);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getBigDecimal(1);
      }
    }
  }

  private static void setItemDayAndNumber(
      PreparedStatement statement, LatestMove latest, LocalDate day) throws SQLException {
    statement.setLong(1, latest.itemId());
    statement.setObject(2, day);
    statement.setLong(3, latest.moveNo());
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    return connection.prepareStatement(tables.in(sql));
  }
}
