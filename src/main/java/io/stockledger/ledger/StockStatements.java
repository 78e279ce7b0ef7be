package io.stockledger.ledger;

import io.stockledger.ledger.AppendRule.NumberedMove;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Appends at the numbers after the one that was read; a move of such a number makes it a 1062.
   */
  static final String APPEND_AT_NUMBERS =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String ONE_MORE_MOVE = ", (?, ?, ?, ?, ?, ?, ?)";

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

  static final String INCREMENTS_OF_DAYS_AFTER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ date, SUM(stock_increment)
      FROM stock_moves FORCE INDEX (item_date)
      WHERE item_id = ? AND date > ? AND move_no <= ?
      GROUP BY date
      """;

  static final String MOVES_OF_REQUESTS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, stock_increment, date, request_id
      FROM stock_moves
      WHERE request_id IN (?)
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

  /**
   * Appends an addition or a removal in one statement, which also decides.
   *
   * @return whether it did; if not, the item is unknown, the stock is short, or a move is dated
   *     after the day, so that the later days have to be looked at
   */
  boolean appendInOneStatement(Connection connection, Move move) throws SQLException {
    try (PreparedStatement statement = prepare(connection, inOneStatement(move))) {
      setInOneStatement(statement, 0, move);
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * The same at the item's row: waits there for the writers before, appends and commits. All goes
   * in one message, so that the next writer waits for no round trip of this one.
   */
  boolean appendInQueue(Connection connection, Move move) throws SQLException {
    String sql =
        String.join(";", "BEGIN", QUEUE_AT_ITEM.strip(), inOneStatement(move).strip(), "COMMIT");
    try (PreparedStatement statement = prepare(connection, sql)) {
      statement.setLong(1, move.itemId());
      setInOneStatement(statement, 1, move);
      statement.execute();
      // The results come in the order of the statements: BEGIN, the lock's row, the append, COMMIT.
      statement.getMoreResults();
      statement.getMoreResults();
      int appended = statement.getUpdateCount();
      statement.getMoreResults();
      return appended == 1;
    }
  }

  private static String inOneStatement(Move move) {
    return move.increment() > 0 ? APPEND_ADDITION : APPEND_REMOVAL;
  }

  private static void setInOneStatement(PreparedStatement statement, int before, Move move)
      throws SQLException {
    int parameter = before;
    statement.setLong(++parameter, move.increment());
    statement.setObject(++parameter, move.date());
    statement.setLong(++parameter, Math.abs(move.increment()));
    statement.setObject(++parameter, move.date());
    if (move.increment() > 0) {
      statement.setObject(++parameter, move.date());
    }
    statement.setString(++parameter, move.requestId());
    statement.setLong(++parameter, move.itemId());
    if (move.increment() > 0) {
      statement.setLong(++parameter, move.itemId());
    } else {
      statement.setLong(++parameter, -move.increment());
      statement.setObject(++parameter, move.date());
    }
  }

  /** Appends moves of one item right after the move that was read, in one statement. */
  void append(Connection connection, List<NumberedMove> moves) throws SQLException {
    String sql = APPEND_AT_NUMBERS.strip() + ONE_MORE_MOVE.repeat(moves.size() - 1);
    try (PreparedStatement statement = prepare(connection, sql)) {
      int parameter = 0;
      for (NumberedMove numbered : moves) {
        Move move = numbered.move();
        LatestMove after = numbered.after();
        statement.setLong(++parameter, move.itemId());
        statement.setLong(++parameter, move.increment());
        statement.setObject(++parameter, move.date());
        statement.setLong(++parameter, after.moveNo());
        statement.setLong(++parameter, after.stockAfter());
        statement.setObject(++parameter, after.bookDate());
        statement.setString(++parameter, move.requestId());
      }
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

  /** The moves that requests have made, by request id. */
  Map<String, Move> movesOfRequests(Connection connection, List<String> requestIds)
      throws SQLException {
    String places = "?" + ", ?".repeat(requestIds.size() - 1);
    try (PreparedStatement statement =
        prepare(connection, MOVES_OF_REQUESTS.replace("(?)", "(" + places + ")"))) {
      int parameter = 0;
      for (String requestId : requestIds) {
        statement.setString(++parameter, requestId);
      }
      Map<String, Move> moves = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          moves.put(
              rows.getString("request_id"),
              new Move(
                  rows.getLong("item_id"),
                  rows.getLong("stock_increment"),
                  rows.getObject("date", LocalDate.class),
                  rows.getString("request_id")));
        }
      }
      return moves;
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

  /** The sum of the increments of each day after the day, among the moves up to the latest. */
  Map<LocalDate, BigDecimal> incrementsOfDaysAfter(
      Connection connection, LatestMove latest, LocalDate day) throws SQLException {
    Map<LocalDate, BigDecimal> increments = new HashMap<>();
    try (PreparedStatement statement = prepare(connection, INCREMENTS_OF_DAYS_AFTER)) {
      setItemDayAndNumber(statement, latest, day);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          increments.put(rows.getObject(1, LocalDate.class), rows.getBigDecimal(2));
        }
      }
    }
    return increments;
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
