package io.stockledger.ledger;

import io.stockledger.db.Sql;
import io.stockledger.ledger.AppendRule.NumberedMove;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that append and read moves. {@link MoveAppender} and {@link StockRepository} know
 * in which order they are sent.
 */
public final class StockStatements {

  /**
   * An item's latest move, as a derived table. All that an append decides on comes from its one
   * row, because TiDB may evaluate separate scalar subqueries at another timestamp (pingcap/tidb
   * 45677). FORCE INDEX prevents a sort over all moves of the item when statistics are bad.
   */
  private static final String LATEST_OF_ITEM =
      """
      (
        SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
          item_id, move_no, stock_after, book_date
        FROM stock_moves FORCE INDEX (item_move)
        WHERE item_id = ?
        ORDER BY move_no DESC
        LIMIT 1
      ) AS latest
      """;

  private static final String INTO_STOCK_MOVES =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      """;

  /** The first move of an item has number 1. For an unknown item nothing is inserted. */
  public static final String APPEND_ADDITION =
      INTO_STOCK_MOVES
          + """
      SELECT items.item_id, ?, ?,
        COALESCE(latest.move_no, 0) + 1,
        COALESCE(latest.stock_after, 0) + ?,
        CASE WHEN latest.book_date > CAST(? AS DATE) THEN latest.book_date ELSE CAST(? AS DATE) END,
        ?
      FROM items
      LEFT JOIN
      """
          + LATEST_OF_ITEM
          + """
      ON latest.item_id = items.item_id
      WHERE items.item_id = ?
      """;

  /**
   * Inserts nothing if the stock is short, and if the item has moves dated after the day: then the
   * stock of those later days decides, which one row does not contain.
   */
  public static final String APPEND_REMOVAL =
      INTO_STOCK_MOVES
          + """
      SELECT latest.item_id, ?, ?, latest.move_no + 1, latest.stock_after - ?, ?, ?
      FROM
      """
          + LATEST_OF_ITEM
          + """
      WHERE latest.stock_after >= ? AND latest.book_date <= ?
      """;

  private static final String NEW_MOVE = "(?, ?, ?, ?, ?, ?, ?)";

  /**
   * Appends at the numbers after the move that was read. If another writer has such a number, the
   * error is 1062. For several moves {@link #NEW_MOVE} is repeated.
   */
  static final String APPEND_AT_NUMBERS = INTO_STOCK_MOVES + "VALUES " + NEW_MOVE;

  /** One row for a known item, with NULLs before its first move. */
  public static final String LATEST_MOVE =
      """
      SELECT items.item_id, latest.move_no, latest.stock_after, latest.book_date
      FROM items
      LEFT JOIN
      """
          + LATEST_OF_ITEM
          + """
      ON latest.item_id = items.item_id
      WHERE items.item_id = ?
      """;

  /** Bounded by a number, so that the sum is of the same moment as the latest move. */
  public static final String INCREMENTS_AFTER_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ COALESCE(SUM(stock_increment), 0)
      FROM stock_moves FORCE INDEX (item_date)
      WHERE item_id = ? AND date > ? AND move_no <= ?
      """;

  /**
   * The stock of an item at the end of a day, from its latest move without the increments dated
   * after the day. For several items the statement is repeated, with UNION ALL between, so that all
   * stocks are of one moment; a scalar subquery per item might be of another one on TiDB
   * (pingcap/tidb 45677).
   */
  public static final String STOCK_AT_DAY =
      """
      SELECT items.item_id, latest.stock_after, later.increment_after_day
      FROM items
      LEFT JOIN
      """
          + LATEST_OF_ITEM
          + """
      ON latest.item_id = items.item_id
      LEFT JOIN (
        SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
          item_id, SUM(stock_increment) AS increment_after_day
        FROM stock_moves FORCE INDEX (item_date)
        WHERE item_id = ? AND date > ?
        GROUP BY item_id
      ) AS later
      ON later.item_id = items.item_id
      WHERE items.item_id = ?
      """;

  static final String INCREMENTS_OF_DAYS_AFTER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ date, SUM(stock_increment)
      FROM stock_moves FORCE INDEX (item_date)
      WHERE item_id = ? AND date > ? AND move_no <= ?
      GROUP BY date
      """;

  /** For several requests the place in IN is repeated. */
  public static final String MOVES_OF_REQUESTS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, stock_increment, date, request_id
      FROM stock_moves
      WHERE request_id IN (?)
      """;

  /** Keeps order only: no append depends on the lock, because the unique keys keep moves exact. */
  static final String QUEUE_AT_ITEM =
      """
      SELECT item_id FROM items WHERE item_id = ? FOR UPDATE
      """;

  private final LedgerTables tables;

  public StockStatements(LedgerTables tables) {
    this.tables = tables;
  }

  /**
   * Appends an addition or a removal in one statement, which also decides.
   *
   * @return whether the move was appended; if not, the item is unknown, the stock is short, or a
   *     move is dated after the day, so that the caller must look at the later days
   */
  boolean appendInOneStatement(Connection connection, Move move) throws SQLException {
    List<Object> parameters = parametersInOneStatement(move);
    return Sql.update(connection, tables.in(inOneStatement(move)), parameters.toArray()) == 1;
  }

  /**
   * Does the same in the queue: waits at the item's row for the writers before it, appends and
   * commits. All is sent in one message, so that the next writer waits for no round trip of this
   * one.
   */
  boolean appendInQueue(Connection connection, Move move) throws SQLException {
    String sql =
        String.join(";", "BEGIN", QUEUE_AT_ITEM.strip(), inOneStatement(move).strip(), "COMMIT");
    List<Object> parameters = new ArrayList<>(List.of(move.itemId()));
    parameters.addAll(parametersInOneStatement(move));
    try (PreparedStatement statement =
        Sql.prepare(connection, tables.in(sql), parameters.toArray())) {
      statement.execute();
      // The results are in the order of the statements: BEGIN, the lock's row, the append, COMMIT.
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

  private static List<Object> parametersInOneStatement(Move move) {
    long units = Math.abs(move.increment());
    LocalDate date = move.date();
    return move.increment() > 0
        ? List.of(units, date, units, date, date, move.requestId(), move.itemId(), move.itemId())
        : List.of(-units, date, units, date, move.requestId(), move.itemId(), units, date);
  }

  /**
   * Appends moves right after the latest moves of their items that were read, in one statement: all
   * or none.
   */
  public void append(Connection connection, List<NumberedMove> moves) throws SQLException {
    Sql.update(
        connection,
        Sql.repeat(tables.in(APPEND_AT_NUMBERS), NEW_MOVE, moves.size()),
        parameters(moves));
  }

  /** Returns the statement that appends moves at their numbers. */
  public static String appendAtNumbers(int moves) {
    return Sql.repeat(APPEND_AT_NUMBERS, NEW_MOVE, moves);
  }

  /** Returns the parameters of the statement that appends moves at their numbers. */
  public static Object[] parameters(List<NumberedMove> moves) {
    List<Object> parameters = new ArrayList<>(moves.size() * 7);
    for (NumberedMove numbered : moves) {
      Move move = numbered.move();
      LatestMove after = numbered.after();
      parameters.add(move.itemId());
      parameters.add(move.increment());
      parameters.add(move.date());
      parameters.add(after.moveNo());
      parameters.add(after.stockAfter());
      parameters.add(after.bookDate());
      parameters.add(move.requestId());
    }
    return parameters.toArray();
  }

  /** Waits at the item's row for the writers before it, within a transaction. */
  void queueAtItem(Connection connection, long itemId) throws SQLException {
    Sql.rows(connection, tables.in(QUEUE_AT_ITEM), row -> row.getLong(1), itemId);
  }

  /** Returns the moves that requests have made, by request id. */
  Map<String, Move> movesOfRequests(Connection connection, List<String> requestIds)
      throws SQLException {
    Map<String, Move> moves = new HashMap<>();
    String sql = Sql.repeat(tables.in(MOVES_OF_REQUESTS), "?", requestIds.size());
    for (Move move : Sql.rows(connection, sql, StockStatements::move, requestIds.toArray())) {
      moves.put(move.requestId(), move);
    }
    return moves;
  }

  private static Move move(ResultSet row) throws SQLException {
    return new Move(
        row.getLong("item_id"),
        row.getLong("stock_increment"),
        StoredDate.day(row, "date", "item_id", "request_id"),
        row.getString("request_id"));
  }

  /** Returns the item's latest move; empty for an unknown item. */
  Optional<LatestMove> latestMove(Connection connection, long itemId) throws SQLException {
    return Sql.row(connection, tables.in(LATEST_MOVE), StockStatements::latestMove, itemId, itemId);
  }

  private static LatestMove latestMove(ResultSet row) throws SQLException {
    return new LatestMove(
        row.getLong("item_id"),
        row.getLong("move_no"),
        row.getLong("stock_after"),
        StoredDate.dayIfAny(row, "book_date", "item_id", "move_no").orElse(LocalDate.MIN));
  }

  /** Returns the stock of each known item at the end of the day. */
  Map<Long, Long> stocksAt(Connection connection, Collection<Long> itemIds, LocalDate day)
      throws SQLException {
    Map<Long, Long> stocks = new HashMap<>();
    List<Object> parameters = new ArrayList<>();
    for (long itemId : itemIds) {
      parameters.addAll(List.of(itemId, itemId, day, itemId));
    }
    String sql =
        String.join("UNION ALL\n", Collections.nCopies(itemIds.size(), tables.in(STOCK_AT_DAY)));
    Sql.rows(
        connection,
        sql,
        row -> stocks.put(row.getLong("item_id"), SumOutOfRangeException.units(stock(row))),
        parameters.toArray());
    return stocks;
  }

  private static BigDecimal stock(ResultSet row) throws SQLException {
    BigDecimal later = row.getBigDecimal("increment_after_day");
    BigDecimal latest = BigDecimal.valueOf(row.getLong("stock_after"));
    return later == null ? latest : latest.subtract(later);
  }

  /** Returns the sum of the increments of each day after the day, among the moves up to latest. */
  Map<LocalDate, BigDecimal> incrementsOfDaysAfter(
      Connection connection, LatestMove latest, LocalDate day) throws SQLException {
    Map<LocalDate, BigDecimal> increments = new HashMap<>();
    Sql.rows(
        connection,
        tables.in(INCREMENTS_OF_DAYS_AFTER),
        row ->
            increments.put(
                StoredDate.of(row, "date").dayOf("date", Map.of("item_id", latest.itemId())),
                row.getBigDecimal(2)),
        latest.itemId(),
        day,
        latest.moveNo());
    return increments;
  }

  /** Returns the sum of the increments dated after the day, among the moves up to the latest. */
  BigDecimal incrementsAfter(Connection connection, LatestMove latest, LocalDate day)
      throws SQLException {
    return Sql.rows(
            connection,
            tables.in(INCREMENTS_AFTER_DAY),
            row -> row.getBigDecimal(1),
            latest.itemId(),
            day,
            latest.moveNo())
        .get(0);
  }
}
