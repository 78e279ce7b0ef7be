package io.stockledger.ledger;

import static java.util.Objects.requireNonNull;

import io.stockledger.db.Attempt;
import io.stockledger.db.Database;
import io.stockledger.db.OutcomeUnknownException;
import io.stockledger.db.Retry;
import io.stockledger.db.RetryPolicy;
import io.stockledger.db.SqlFailure;
import io.stockledger.db.Transaction;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The ledger: moves and the stock that they make.
 *
 * <p>The rule is compare and append. A statement reads the item's latest move and inserts the next
 * number. {@code UNIQUE (item_id, move_no)} lets one of two that read the same move commit; the
 * other reads again. Nothing else is needed for exactness: no lock, no clock, no order of arrival.
 * After a conflict a writer queues at the item's row, for order and throughput alone.
 */
public final class StockRepository {

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

  /** The unique key of the request ids in schema.sql. */
  private static final String REQUEST_KEY = "request";

  // 1264 out of range for the column, 1690 out of range of BIGINT in an expression.
  private static final int COLUMN_OUT_OF_RANGE = 1264;
  private static final int VALUE_OUT_OF_RANGE = 1690;

  private final Database database;
  private final LedgerTables tables;
  private final Retry retry;

  public StockRepository(Database database) {
    this(database, LedgerTables.ledger(), database.retryPolicy());
  }

  /** The ledger's rule over other tables, or with other patience. */
  public StockRepository(Database database, LedgerTables tables, RetryPolicy policy) {
    this.database = requireNonNull(database);
    this.tables = requireNonNull(tables);
    this.retry = new Retry(database, policy);
  }

  /** How many tries met somebody else's move, over all calls. */
  public long conflicts() {
    return retry.conflicts();
  }

  /**
   * Adds units, also on a day before the item's latest move.
   *
   * @throws UnknownItemException if no item has that number
   * @throws RequestIdReusedException if the request id stands for another move
   * @throws StockTooLargeException if the stock would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be learnt
   */
  public void add(MoveRequest request) {
    decide(
        request,
        request.quantity(),
        connection -> appendAddition(connection, request) == 1 ? new Appended() : new NoSuchItem());
  }

  /**
   * Removes units if the stock at the end of the day and of every later day stays at least 0
   * (invariant 4), deciding in the one statement that writes.
   *
   * @throws UnknownItemException if no item has that number
   * @throws RequestIdReusedException if the request id stands for another move
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be learnt
   */
  public Removal removeAtomic(MoveRequest request) {
    return remove(
        request,
        connection ->
            appendRemoval(connection, request) == 1
                ? new Appended()
                : removeAtNumber(connection, request));
  }

  /**
   * The same as {@link #removeAtomic}, deciding in the application on what was read before: the
   * append takes place only right after the move that was read.
   */
  public Removal removeChecked(MoveRequest request) {
    return remove(request, connection -> removeAtNumber(connection, request));
  }

  /**
   * The sum of all moves of the item dated up to the day (invariant 3).
   *
   * @return units
   * @throws UnknownItemException if no item has that number
   * @throws ArithmeticException if the sum is above BIGINT, which only later removals may allow
   */
  public long stockAt(long itemId, LocalDate day) {
    return retry.run(
        (connection, attempt) -> {
          LatestMove latest =
              latestMove(connection, itemId).orElseThrow(() -> new UnknownItemException(itemId));
          if (!latest.bookDate().isAfter(day)) {
            return latest.stockAfter();
          }
          return BigDecimal.valueOf(latest.stockAfter())
              .subtract(incrementsAfter(connection, latest, day))
              .longValueExact();
        });
  }

  /** What one look at the ledger came to. */
  private sealed interface Decision {}

  private record Appended() implements Decision {}

  private record NotEnough(long available) implements Decision {}

  private record NoSuchItem() implements Decision {}

  private record TooLarge() implements Decision {}

  /** Decides on the ledger as it is and appends, if it still is so. */
  @FunctionalInterface
  private interface Append {
    Decision run(Connection connection) throws SQLException;
  }

  private Removal remove(MoveRequest request, Append append) {
    Decision decision = decide(request, -request.quantity(), append);
    return decision instanceof NotEnough refused
        ? new Removal.Insufficient(refused.available(), request.quantity())
        : new Removal.Removed();
  }

  /** Gives {@link Appended} or {@link NotEnough}; the other decisions are exceptions. */
  private Decision decide(MoveRequest request, long increment, Append append) {
    Move asked = new Move(request.itemId(), increment, request.date(), request.requestId());
    Decision decision =
        retry.runOnce(
            request.requestId(),
            (connection, attempt) -> tryOnce(connection, attempt, asked, append));
    if (decision instanceof NoSuchItem) {
      throw new UnknownItemException(request.itemId());
    }
    if (decision instanceof TooLarge) {
      throw new StockTooLargeException(request.itemId());
    }
    return decision;
  }

  private Decision tryOnce(Connection connection, Attempt attempt, Move asked, Append append)
      throws SQLException {
    // What was sent before the connection was lost may have been done.
    if (attempt.isAfterLoss() && isDone(connection, asked)) {
      return new Appended();
    }
    Decision decision = appendOrRefuse(connection, attempt, asked, append);
    // A refusal is the last word only if no sending of this request was done, nor can be: the very
    // move that it made may be why there is not enough.
    return decision instanceof Appended || !isDoneAfterAll(connection, attempt, asked)
        ? decision
        : new Appended();
  }

  private Decision appendOrRefuse(Connection connection, Attempt attempt, Move asked, Append append)
      throws SQLException {
    try {
      return attempt.isAfterConflict()
          ? inQueue(connection, asked.itemId(), append)
          : append.run(connection);
    } catch (SQLException e) {
      if (isOutOfRange(e)) {
        return new TooLarge();
      }
      if (SqlFailure.of(e) == SqlFailure.DUPLICATE
          && SqlFailure.isOnKey(e, REQUEST_KEY)
          && isDone(connection, asked)) {
        return new Appended();
      }
      throw e;
    }
  }

  private Decision inQueue(Connection connection, long itemId, Append append) throws SQLException {
    return Transaction.run(
        database,
        connection,
        () -> {
          try (PreparedStatement statement = prepare(connection, QUEUE_AT_ITEM)) {
            statement.setLong(1, itemId);
            statement.execute();
          }
          return append.run(connection);
        });
  }

  private boolean isDoneAfterAll(Connection connection, Attempt attempt, Move asked)
      throws SQLException {
    if (!attempt.awaitLostSessions(connection, database.isTidb())) {
      throw new OutcomeUnknownException(asked.requestId(), null);
    }
    return isDone(connection, asked);
  }

  /**
   * Whether the request's move stands in the ledger.
   *
   * @throws RequestIdReusedException if it is another move than the one asked for
   */
  private boolean isDone(Connection connection, Move asked) throws SQLException {
    try (PreparedStatement statement = prepare(connection, MOVE_OF_REQUEST)) {
      statement.setString(1, asked.requestId());
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return false;
        }
        Move found =
            new Move(
                rows.getLong("item_id"),
                rows.getLong("stock_increment"),
                rows.getObject("date", LocalDate.class),
                rows.getString("request_id"));
        if (!found.equals(asked)) {
          throw new RequestIdReusedException(found);
        }
        return true;
      }
    }
  }

  private int appendAddition(Connection connection, MoveRequest request) throws SQLException {
    try (PreparedStatement statement = prepare(connection, APPEND_ADDITION)) {
      statement.setLong(1, request.quantity());
      statement.setObject(2, request.date());
      statement.setLong(3, request.quantity());
      statement.setObject(4, request.date());
      statement.setObject(5, request.date());
      statement.setString(6, request.requestId());
      statement.setLong(7, request.itemId());
      statement.setLong(8, request.itemId());
      return statement.executeUpdate();
    }
  }

  private int appendRemoval(Connection connection, MoveRequest request) throws SQLException {
    try (PreparedStatement statement = prepare(connection, APPEND_REMOVAL)) {
      statement.setLong(1, -request.quantity());
      statement.setObject(2, request.date());
      statement.setLong(3, request.quantity());
      statement.setObject(4, request.date());
      statement.setString(5, request.requestId());
      statement.setLong(6, request.itemId());
      statement.setLong(7, request.quantity());
      statement.setObject(8, request.date());
      return statement.executeUpdate();
    }
  }

  private Decision removeAtNumber(Connection connection, MoveRequest request) throws SQLException {
    Optional<LatestMove> read = latestMove(connection, request.itemId());
    if (read.isEmpty()) {
      return new NoSuchItem();
    }
    LatestMove latest = read.get();
    long available = availableFrom(connection, latest, request.date());
    if (available < request.quantity()) {
      return new NotEnough(available);
    }
    appendAtNumber(connection, latest, request);
    return new Appended();
  }

  private void appendAtNumber(Connection connection, LatestMove latest, MoveRequest request)
      throws SQLException {
    LocalDate date = request.date();
    try (PreparedStatement statement = prepare(connection, APPEND_AT_NUMBER)) {
      statement.setLong(1, latest.itemId());
      statement.setLong(2, -request.quantity());
      statement.setObject(3, date);
      statement.setLong(4, latest.moveNo() + 1);
      statement.setLong(5, latest.stockAfter() - request.quantity());
      statement.setObject(6, latest.bookDate().isAfter(date) ? latest.bookDate() : date);
      statement.setString(7, request.requestId());
      statement.executeUpdate();
    }
  }

  /** Empty for an unknown item. */
  private Optional<LatestMove> latestMove(Connection connection, long itemId) throws SQLException {
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
  private long availableFrom(Connection connection, LatestMove latest, LocalDate day)
      throws SQLException {
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

  private BigDecimal incrementsAfter(Connection connection, LatestMove latest, LocalDate day)
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

  private static boolean isOutOfRange(SQLException error) {
    return error.getErrorCode() == COLUMN_OUT_OF_RANGE
        || error.getErrorCode() == VALUE_OUT_OF_RANGE;
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    return connection.prepareStatement(tables.in(sql));
  }
}
