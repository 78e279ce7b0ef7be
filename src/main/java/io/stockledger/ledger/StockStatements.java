package io.stockledger.ledger;

import io.stockledger.db.Message;
import io.stockledger.db.PreparedByServer;
import io.stockledger.db.Sql;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Purpose.ExpiresAt;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  static final String LATEST_OF_ITEM =
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

  /** A request of one line: line_no and line_count are 1 by default. */
  private static final String INTO_STOCK_MOVES =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id, note)
      """;

  /** The first move of an item has number 1. For an unknown item nothing is inserted. */
  public static final String APPEND_ADDITION =
      INTO_STOCK_MOVES
          + """
      SELECT items.item_id, ?, ?,
        COALESCE(latest.move_no, 0) + 1,
        COALESCE(latest.stock_after, 0) + ?,
        CASE WHEN latest.book_date > CAST(? AS DATE) THEN latest.book_date ELSE CAST(? AS DATE) END,
        ?, ?
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
      SELECT latest.item_id, ?, ?, latest.move_no + 1, latest.stock_after - ?, ?, ?, ?
      FROM
      """
          + LATEST_OF_ITEM
          + """
      WHERE latest.stock_after >= ? AND latest.book_date <= ?
      """;

  private static final String NEW_MOVE = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /**
   * Appends at the numbers after the move that was read. If another writer has such a number, the
   * error is 1062. For several moves {@link #NEW_MOVE} is repeated.
   */
  static final String APPEND_AT_NUMBERS =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id, line_no,
         line_count, note)
      VALUES\s"""
          + NEW_MOVE;

  private static final String NEW_PLAIN_MOVE = "(?, ?, ?, ?, ?, ?, ?, 1, 1, '')";

  /**
   * The same for moves that are a request of their own and have no note: to set and to send values
   * takes a third of the time of an append of thousands.
   */
  static final String APPEND_PLAIN_AT_NUMBERS = APPEND_AT_NUMBERS.replace(NEW_MOVE, NEW_PLAIN_MOVE);

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
      SELECT items.item_id, latest.move_no, latest.stock_after, later.increment_after_day
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

  /**
   * Keeps order only: no append depends on the lock, because the unique keys keep moves exact. All
   * writers lock in ascending order of item, so that none waits for another one in a circle. Each
   * item has a statement of its own: with one statement for several rows, TiDB v8.5.3 was seen to
   * serve 31 orders a second where it serves 181, with waits of five seconds.
   */
  static final String QUEUE_AT_ITEM =
      """
      SELECT item_id FROM items WHERE item_id = ? FOR UPDATE
      """;

  /**
   * How many moves the append has that each session's server parses once. A row has less than 200
   * bytes, and a note at most 1,020, so a statement has less than 1.3 MB (max_allowed_packet, 16
   * MiB on MariaDB by default).
   */
  public static final int MOVES_OF_A_STATEMENT = 1_024;

  private final LedgerTables tables;
  private final HoldStatements holds;
  private final PreparedByServer appendOfMany;
  private final PreparedByServer appendOfManyPlain;

  public StockStatements(LedgerTables tables) {
    this.tables = tables;
    this.holds = new HoldStatements(tables);
    this.appendOfMany = new PreparedByServer(append(MOVES_OF_A_STATEMENT));
    this.appendOfManyPlain =
        new PreparedByServer(
            Sql.repeat(tables.in(APPEND_PLAIN_AT_NUMBERS), NEW_PLAIN_MOVE, MOVES_OF_A_STATEMENT));
  }

  /**
   * Appends an addition or a removal in one statement, which also decides.
   *
   * @return whether the move was appended; if not, the item is unknown, the stock is short, or a
   *     move is dated after the day, so that the caller must look at the later days
   */
  boolean appendInOneStatement(Connection connection, Request request) throws SQLException {
    List<Object> parameters = parametersInOneStatement(request);
    return Sql.update(connection, tables.in(inOneStatement(request)), parameters.toArray()) == 1;
  }

  /**
   * Does the same in the queue: waits at the item's row for the writers before it, appends and
   * commits. All is sent in one message, so that the next writer waits for no round trip of this
   * one.
   */
  boolean appendInQueue(Connection connection, Request request) throws SQLException {
    int[] appended = {0};
    queued(request)
        .thenUpdate(
            tables.in(inOneStatement(request)),
            rows -> appended[0] = rows,
            parametersInOneStatement(request).toArray())
        .then("COMMIT")
        .send(connection);
    return appended[0] == 1;
  }

  /**
   * Appends the removal of a hold, with its row, in one message that also decides.
   *
   * @param queues whether to wait at the item's row for the writers before it
   * @return the hold with its time
   * @throws SQLException also if nothing was inserted ({@link SqlFailure#isNullRefused}), for the
   *     reasons of {@link #appendInOneStatement}
   */
  Purpose appendHold(Connection connection, Request request, Purpose.Hold hold, boolean queues)
      throws SQLException {
    List<ExpiresAt> expiry = new ArrayList<>();
    Message message = queues ? queued(request) : new Message().then("BEGIN");
    holds.addTime(message);
    message.then(tables.in(inOneStatement(request)), parametersInOneStatement(request).toArray());
    holds.addRowIfMoved(message, request.id(), hold, expiry::add);
    message.then("COMMIT").send(connection);
    return new Purpose.Hold(expiry.get(0));
  }

  /** Returns a message that begins a transaction and waits at the item's row. */
  private Message queued(Request request) {
    return new Message()
        .then("BEGIN")
        .then(tables.in(QUEUE_AT_ITEM), request.lines().get(0).itemId());
  }

  private static String inOneStatement(Request request) {
    return request.lines().get(0).increment() > 0 ? APPEND_ADDITION : APPEND_REMOVAL;
  }

  private static List<Object> parametersInOneStatement(Request request) {
    RequestLine line = request.lines().get(0);
    long itemId = line.itemId();
    long units = Math.abs(line.increment());
    LocalDate date = request.date();
    String id = request.id();
    String note = request.note();
    return line.increment() > 0
        ? List.of(units, date, units, date, date, id, note, itemId, itemId)
        : List.of(-units, date, units, date, id, note, itemId, units, date);
  }

  /**
   * Appends moves right after the latest moves of their items that were read, in one statement: all
   * or none.
   */
  public void append(Connection connection, List<NumberedMove> moves) throws SQLException {
    if (moves.size() == MOVES_OF_A_STATEMENT) {
      if (moves.stream().allMatch(StockStatements::isPlain)) {
        appendOfManyPlain.update(connection, parameters(moves, true));
      } else {
        appendOfMany.update(connection, parameters(moves));
      }
      return;
    }
    Sql.update(connection, append(moves.size()), parameters(moves));
  }

  /** Returns the statement that appends moves at their numbers, with the names of the tables. */
  String append(int moves) {
    return Sql.repeat(tables.in(APPEND_AT_NUMBERS), NEW_MOVE, moves);
  }

  /** Returns the statement that appends moves at their numbers. */
  public static String appendAtNumbers(int moves) {
    return Sql.repeat(APPEND_AT_NUMBERS, NEW_MOVE, moves);
  }

  /**
   * Returns the parameters of the statement that appends moves at their numbers. The rows are in
   * ascending order of item: a server checks the keys of the rows one after another, and two
   * statements that check the same keys in opposite order wait for each other.
   */
  public static Object[] parameters(List<NumberedMove> moves) {
    return parameters(moves, false);
  }

  private static boolean isPlain(NumberedMove numbered) {
    return numbered.request().hasOneLine() && numbered.request().note().isEmpty();
  }

  private static Object[] parameters(List<NumberedMove> moves, boolean arePlain) {
    List<Object> parameters = new ArrayList<>(moves.size() * 10);
    List<NumberedMove> sorted = new ArrayList<>(moves);
    sorted.sort(Comparator.comparingLong(numbered -> numbered.after().itemId()));
    for (NumberedMove numbered : sorted) {
      Request request = numbered.request();
      LatestMove after = numbered.after();
      parameters.add(after.itemId());
      parameters.add(numbered.line().increment());
      parameters.add(request.date());
      parameters.add(after.moveNo());
      parameters.add(after.stockAfter());
      parameters.add(after.bookDate());
      parameters.add(request.id());
      if (!arePlain) {
        parameters.add(numbered.lineNo());
        parameters.add(request.lines().size());
        parameters.add(request.note());
      }
    }
    return parameters.toArray();
  }

  /** Returns the stock of each known item at the end of the day. */
  Map<Long, StockOfDay> stocksOf(Connection connection, Collection<Long> itemIds, LocalDate day)
      throws SQLException {
    Map<Long, StockOfDay> stocks = new HashMap<>();
    List<Object> parameters = new ArrayList<>();
    for (long itemId : itemIds) {
      parameters.addAll(List.of(itemId, itemId, day, itemId));
    }
    String sql =
        String.join("UNION ALL\n", Collections.nCopies(itemIds.size(), tables.in(STOCK_AT_DAY)));
    Sql.rows(
        connection,
        sql,
        row ->
            stocks.put(
                row.getLong("item_id"),
                new StockOfDay(SumOutOfRangeException.units(stock(row)), row.getLong("move_no"))),
        parameters.toArray());
    return stocks;
  }

  private static BigDecimal stock(ResultSet row) throws SQLException {
    BigDecimal later = row.getBigDecimal("increment_after_day");
    BigDecimal latest = BigDecimal.valueOf(row.getLong("stock_after"));
    return later == null ? latest : latest.subtract(later);
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
