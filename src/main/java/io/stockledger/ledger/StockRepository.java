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
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The ledger: moves and the stock that they make.
 *
 * <p>The rule is compare and append. A writer reads the item's latest move and inserts the next
 * number. {@code UNIQUE (item_id, move_no)} lets one of two that read the same move commit; the
 * other decides again. Nothing else is needed for exactness: no lock, no clock, no order of
 * arrival.
 *
 * <p>The first try is one optimistic statement. Writers queue for order and throughput alone: those
 * of one process take turns at an item ({@link ItemTurn}), and who meets a second conflict, with
 * another process then, waits at the item's row.
 */
public final class StockRepository {

  /** The unique key of the request ids in schema.sql. */
  private static final String REQUEST_KEY = "request";

  // 1264 out of range for the column, 1690 out of range of BIGINT in an expression.
  private static final int COLUMN_OUT_OF_RANGE = 1264;
  private static final int VALUE_OUT_OF_RANGE = 1690;

  private final Database database;
  private final StockStatements statements;
  private final Retry retry;
  private final ConcurrentMap<Long, ItemTurn> turns = new ConcurrentHashMap<>();

  public StockRepository(Database database) {
    this(database, LedgerTables.ledger(), database.retryPolicy());
  }

  /** The ledger's rule over other tables, or with other patience. */
  public StockRepository(Database database, LedgerTables tables, RetryPolicy policy) {
    this.database = requireNonNull(database);
    this.statements = new StockStatements(requireNonNull(tables));
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
    Move asked = asked(request, request.quantity());
    decide(
        asked,
        connection ->
            statements.appendAddition(connection, asked) == 1 ? new Appended() : new NoSuchItem());
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
    Move asked = asked(request, -request.quantity());
    return removal(
        request,
        decide(
            asked,
            connection ->
                statements.appendRemoval(connection, asked) == 1
                    ? new Appended()
                    : readAndAppend(connection, asked)));
  }

  /**
   * The same as {@link #removeAtomic}, deciding in the application on what was read before: the
   * append takes place only right after the move that was read.
   */
  public Removal removeChecked(MoveRequest request) {
    Move asked = asked(request, -request.quantity());
    return removal(request, decide(asked, connection -> readAndAppend(connection, asked)));
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
              statements
                  .latestMove(connection, itemId)
                  .orElseThrow(() -> new UnknownItemException(itemId));
          if (!latest.bookDate().isAfter(day)) {
            return latest.stockAfter();
          }
          return BigDecimal.valueOf(latest.stockAfter())
              .subtract(statements.incrementsAfter(connection, latest, day))
              .longValueExact();
        });
  }

  /** What one look at the ledger came to. */
  sealed interface Decision {}

  /** The move stands in the ledger. */
  record Appended() implements Decision {}

  /** The stock does not allow it; {@code available} units could be removed. */
  record NotEnough(long available) implements Decision {}

  /** No item has that number. */
  record NoSuchItem() implements Decision {}

  /** The stock would be above BIGINT. */
  record TooLarge() implements Decision {}

  /** Decides on the ledger as it is and appends, if it still is so. */
  @FunctionalInterface
  private interface Append {
    Decision run(Connection connection) throws SQLException;
  }

  private static Move asked(MoveRequest request, long increment) {
    request.refuseIfTooFarAhead(LocalDate.now(ZoneId.systemDefault()));
    return new Move(request.itemId(), increment, request.date(), request.requestId());
  }

  private static Removal removal(MoveRequest request, Decision decision) {
    return decision instanceof NotEnough refused
        ? new Removal.Insufficient(refused.available(), request.quantity())
        : new Removal.Removed();
  }

  /** Gives {@link Appended} or {@link NotEnough}; the other decisions are exceptions. */
  private Decision decide(Move asked, Append append) {
    Decision decision =
        retry.runOnce(
            asked.requestId(),
            (connection, attempt) -> tryOnce(connection, attempt, asked, append));
    if (decision instanceof NoSuchItem) {
      throw new UnknownItemException(asked.itemId());
    }
    if (decision instanceof TooLarge) {
      throw new StockTooLargeException(asked.itemId());
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
    ItemTurn turn = turns.computeIfAbsent(asked.itemId(), itemId -> new ItemTurn());
    ItemTurn.Read read = () -> statements.latestMove(connection, asked.itemId());
    ItemTurn.AppendAfter after = latest -> appendAfter(connection, latest, asked);
    try {
      return switch (attempt.conflicts()) {
        case 0 -> turn.takeFirst(() -> append.run(connection), asked, read, after);
        case 1 -> turn.take(asked, read, after);
        default -> turn.take(() -> atItemsRow(connection, asked, append));
      };
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
    } finally {
      if (turn.isFree()) {
        // Who took it from the map just now keeps order without the others: no harm is done.
        turns.remove(asked.itemId(), turn);
      }
    }
  }

  private Decision atItemsRow(Connection connection, Move asked, Append append)
      throws SQLException {
    return Transaction.run(
        database,
        connection,
        () -> {
          statements.queueAtItem(connection, asked.itemId());
          return append.run(connection);
        });
  }

  private Decision readAndAppend(Connection connection, Move asked) throws SQLException {
    Optional<LatestMove> latest = statements.latestMove(connection, asked.itemId());
    return latest.isPresent() ? appendAfter(connection, latest.get(), asked) : new NoSuchItem();
  }

  private Decision appendAfter(Connection connection, LatestMove latest, Move asked)
      throws SQLException {
    if (asked.increment() < 0) {
      long available = statements.availableFrom(connection, latest, asked.date());
      if (available < -asked.increment()) {
        return new NotEnough(available);
      }
    } else if (latest.stockAfter() > Long.MAX_VALUE - asked.increment()) {
      return new TooLarge();
    }
    statements.appendAfter(connection, latest, asked);
    return new Appended();
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
    Optional<Move> found = statements.moveOfRequest(connection, asked.requestId());
    if (found.isPresent() && !found.get().equals(asked)) {
      throw new RequestIdReusedException(found.get());
    }
    return found.isPresent();
  }

  private static boolean isOutOfRange(SQLException error) {
    return error.getErrorCode() == COLUMN_OUT_OF_RANGE
        || error.getErrorCode() == VALUE_OUT_OF_RANGE;
  }
}
