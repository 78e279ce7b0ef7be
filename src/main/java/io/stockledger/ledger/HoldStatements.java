package io.stockledger.ledger;

import io.stockledger.db.Message;
import io.stockledger.db.Sql;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.HoldState;
import io.stockledger.ledger.rule.Purpose.ExpiresAt;
import io.stockledger.ledger.rule.Purpose.ExpiresIn;
import io.stockledger.ledger.rule.Purpose.Hold;
import io.stockledger.ledger.rule.Purpose.HoldEnd;
import io.stockledger.ledger.rule.Request;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The statements that write and read the rows of holds. Only the server's clock decides whether the
 * time of a hold is over: UTC_TIMESTAMP is the same in each time zone, and sessions set {@code
 * timestamp} so that it runs.
 */
public final class HoldStatements {

  private static final String NEW_HOLD =
      "(?, CAST(@stock_now AS DATETIME(6)) + INTERVAL ? MICROSECOND)";

  /** For several holds {@link #NEW_HOLD} is repeated. */
  public static final String INSERT_HOLDS =
      """
      INSERT INTO stock_holds (request_id, expires_at)
      VALUES\s"""
          + NEW_HOLD;

  /**
   * Takes the time from which holds are counted. It is kept in a variable of the session, because
   * reading the times back from the rows takes a tenth of the time of a message with one hold.
   */
  static final String TAKE_TIME =
      """
      SET @stock_now = UTC_TIMESTAMP(6)
      """;

  /**
   * The row of a hold whose move the statement before it, in the same message, may have appended:
   * ROW_COUNT() says whether it did. If not, the row has no request id and is refused (error 1048),
   * which ends the message. A look at the moves would not do, because another request may have the
   * id; and an INSERT … SELECT takes MariaDB half as long again as the whole append.
   */
  static final String INSERT_HOLD_IF_MOVED =
      """
      INSERT INTO stock_holds (request_id, expires_at)
      VALUES (CASE WHEN ROW_COUNT() = 1 THEN ? END, CAST(@stock_now AS DATETIME(6)) + INTERVAL ? MICROSECOND)
      """;

  /** Variables keep a time as a text. */
  static final String TAKEN_TIME =
      """
      SELECT CAST(@stock_now AS DATETIME(6)) AS taken
      """;

  /** For several holds the place in IN is repeated. */
  public static final String EXPIRIES =
      """
      SELECT request_id, expires_at FROM stock_holds WHERE request_id IN (?)
      """;

  /** Commits holds whose time is not over. For several holds the place in IN is repeated. */
  public static final String COMMIT_HOLDS =
      """
      INSERT INTO stock_hold_ends (request_id, outcome, ended_at)
      SELECT request_id, 'committed', UTC_TIMESTAMP(6)
      FROM stock_holds
      WHERE request_id IN (?) AND expires_at > UTC_TIMESTAMP(6)
      """;

  private static final String NEW_END = "(?, ?, UTC_TIMESTAMP(6))";

  /** For several holds {@link #NEW_END} is repeated. */
  public static final String END_HOLDS =
      """
      INSERT INTO stock_hold_ends (request_id, outcome, ended_at)
      VALUES\s"""
          + NEW_END;

  /** For several holds the place in IN is repeated. */
  public static final String HOLD_STATES =
      """
      SELECT hold.request_id, hold.expires_at <= UTC_TIMESTAMP(6) AS is_overdue, hold_end.outcome
      FROM stock_holds AS hold
      LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
      WHERE hold.request_id IN (?)
      """;

  private final LedgerTables tables;

  public HoldStatements(LedgerTables tables) {
    this.tables = tables;
  }

  /**
   * Adds the rows of requests to the message that appends their moves.
   *
   * @param requests those that write something beside moves
   * @param expiries receives when each hold expires
   * @param committed receives how many holds were committed
   * @return how many holds are to be committed; fewer are, if their time is over
   */
  int addRows(
      Message message,
      Collection<Request> requests,
      BiConsumer<String, ExpiresAt> expiries,
      IntConsumer committed) {
    List<Object> holds = new ArrayList<>();
    Map<String, Hold> newHolds = new HashMap<>();
    List<Object> commits = new ArrayList<>();
    List<Object> ends = new ArrayList<>();
    for (Request request : requests) {
      if (request.purpose() instanceof Hold hold) {
        newHolds.put(request.id(), hold);
        holds.add(request.id());
        holds.add(micros(hold));
      } else if (request.purpose() instanceof HoldEnd end && end.outcome().givesBack()) {
        ends.add(end.holdId());
        ends.add(end.outcome().word());
      } else if (request.purpose() instanceof HoldEnd end) {
        commits.add(end.holdId());
      }
    }
    if (!newHolds.isEmpty()) {
      addTime(message);
      message.then(Sql.repeat(tables.in(INSERT_HOLDS), NEW_HOLD, newHolds.size()), holds.toArray());
      readTime(
          message, time -> newHolds.forEach((id, hold) -> expiries.accept(id, expiry(time, hold))));
    }
    if (!ends.isEmpty()) {
      message.then(Sql.repeat(tables.in(END_HOLDS), NEW_END, ends.size() / 2), ends.toArray());
    }
    if (!commits.isEmpty()) {
      message.thenUpdate(
          Sql.repeat(tables.in(COMMIT_HOLDS), "?", commits.size()), committed, commits.toArray());
    }
    return commits.size();
  }

  /** Adds the statement that takes the time, before those that write rows of holds. */
  void addTime(Message message) {
    message.then(TAKE_TIME);
  }

  /**
   * Adds the row of a hold after the time was taken, whose move the last statement of the message
   * appends, or does not.
   *
   * @param expiry receives when it expires
   */
  void addRowIfMoved(Message message, String requestId, Hold hold, Consumer<ExpiresAt> expiry) {
    message.then(tables.in(INSERT_HOLD_IF_MOVED), requestId, micros(hold));
    readTime(message, time -> expiry.accept(expiry(time, hold)));
  }

  private static void readTime(Message message, Consumer<LocalDateTime> time) {
    message.thenRows(TAKEN_TIME, row -> row.getObject("taken", LocalDateTime.class), time);
  }

  private static ExpiresAt expiry(LocalDateTime time, Hold hold) {
    return new ExpiresAt(time.plus(micros(hold), ChronoUnit.MICROS));
  }

  private static long micros(Hold hold) {
    return ((ExpiresIn) hold.expiry()).micros();
  }

  /**
   * Commits a hold.
   *
   * @return whether it was committed; if not, its time is over, or there is no such hold
   */
  boolean commit(Connection connection, String holdId) throws SQLException {
    return Sql.update(connection, tables.in(COMMIT_HOLDS), holdId) == 1;
  }

  /** Returns the holds that the ledger has, by request id. */
  Map<String, HoldState> states(Connection connection, Collection<String> holdIds)
      throws SQLException {
    Map<String, HoldState> states = new HashMap<>();
    for (List<String> part : Sql.parts(holdIds)) {
      Sql.rows(
          connection,
          Sql.repeat(tables.in(HOLD_STATES), "?", part.size()),
          row -> states.put(row.getString("request_id"), state(row)),
          part.toArray());
    }
    return states;
  }

  /** Returns, of those of the requests that are holds, when they expire. */
  Map<String, ExpiresAt> expiries(Connection connection, Collection<String> requestIds)
      throws SQLException {
    Map<String, ExpiresAt> expiries = new HashMap<>();
    for (List<String> part : Sql.parts(requestIds)) {
      Sql.rows(
          connection,
          Sql.repeat(tables.in(EXPIRIES), "?", part.size()),
          row -> expiries.put(row.getString("request_id"), expiresAt(row)),
          part.toArray());
    }
    return expiries;
  }

  private static ExpiresAt expiresAt(ResultSet row) throws SQLException {
    return new ExpiresAt(StoredDate.time(row, "expires_at", "request_id"));
  }

  private static HoldState state(ResultSet row) throws SQLException {
    return new HoldState(row.getBoolean("is_overdue"), outcome(row));
  }

  /** Returns how a hold ended; empty if the column is NULL. */
  public static Optional<HoldOutcome> outcome(ResultSet row) throws SQLException {
    String word = row.getString("outcome");
    if (word == null) {
      return Optional.empty();
    }
    Optional<HoldOutcome> outcome = HoldOutcome.of(word);
    if (outcome.isEmpty()) {
      throw new DamagedRowException(
          "outcome", word, Map.of("request_id", row.getString("request_id")));
    }
    return outcome;
  }
}
