package io.stockledger.ledger;

import static java.util.Objects.requireNonNull;

import io.stockledger.db.Attempt;
import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.RetryPolicy;
import io.stockledger.ledger.append.AppendQueue;
import io.stockledger.ledger.append.Outcome;
import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.Correction;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.HoldState;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Obstacle;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The ledger: moves, and the stock that they add up to.
 *
 * <p>The rule is compare and append. A writer reads the item's latest move and inserts the next
 * number. {@code UNIQUE (item_id, move_no)} lets only one of two writers that read the same move
 * commit; the other decides again. Exactness needs nothing else: no lock, no clock, no order of
 * arrival.
 *
 * <p>The path of a request: {@link AppendQueue} collects it with the requests that arrive at the
 * same time, {@link MoveAppender} reads the latest moves of their items, {@link AppendRule}
 * decides, {@link MoveAppender} appends, and the queue returns the answer.
 */
public final class StockRepository {
  private static final int MOST_APPENDS_AT_A_TIME = 1;

  /** Many times the duration of an append that waits for nobody. */
  private static final Duration SLOW_APPEND = Duration.ofMillis(250);

  /** Many times the duration of an append on a server that answers at all. */
  private static final Duration PATIENCE_WITH_A_LEADER = Duration.ofSeconds(5);

  private final StockStatements statements;
  private final ItemStatements items;
  private final RequestStatements requests;
  private final HoldStatements holds;
  private final Retry retry;
  private final MoveAppender appender;
  private final boolean appends;
  private final AppendQueue queue;

  public StockRepository(Database database) {
    this(database, LedgerTables.ledger(), database.retryPolicy());
  }

  /** The ledger's rule over other tables, or with other patience. */
  public StockRepository(Database database, LedgerTables tables, RetryPolicy policy) {
    this(database, tables, policy, true);
  }

  /**
   * Returns a ledger that decides each request for a move as the ledger would at that time, but
   * appends nothing.
   */
  public static StockRepository withoutAppending(Database database) {
    return new StockRepository(database, LedgerTables.ledger(), database.retryPolicy(), false);
  }

  private StockRepository(
      Database database, LedgerTables tables, RetryPolicy policy, boolean appends) {
    this.appends = appends;
    this.statements = new StockStatements(requireNonNull(tables));
    this.items = new ItemStatements(tables);
    this.requests = new RequestStatements(tables);
    this.holds = new HoldStatements(tables);
    this.retry = new Retry(requireNonNull(database), policy);
    this.appender = new MoveAppender(database, tables, retry);
    this.queue =
        new AppendQueue(
            appender,
            new AppendQueue.Limits(
                MOST_APPENDS_AT_A_TIME,
                StockStatements.MOVES_OF_A_STATEMENT,
                SLOW_APPEND,
                PATIENCE_WITH_A_LEADER));
  }

  /** How many tries met another writer's move, over all calls. */
  public long conflicts() {
    return retry.conflicts();
  }

  /**
   * Adds units, also on a day before the item's latest move.
   *
   * @return whether another request with the same id had made the move, so that nothing was changed
   * @throws UnknownItemException if no item has that number
   * @throws RequestIdReusedException if the request id belongs to another request
   * @throws StockTooLargeException if the stock would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public boolean add(MoveRequest request) {
    return ((Posting.Made) posting(request.addition(), true)).isRepeated();
  }

  /**
   * Removes units if the stock at the end of the day and of every later day stays at least 0
   * (invariant 4), deciding in the one statement that writes.
   *
   * @throws UnknownItemException if no item has that number
   * @throws RequestIdReusedException if the request id belongs to another request
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Removal removeAtomic(MoveRequest request) {
    return removal(posting(request.removal(), true));
  }

  /**
   * Removes units as {@link #removeAtomic} does, but decides in the application on the move that it
   * read; the append succeeds only right after that move.
   */
  public Removal removeChecked(MoveRequest request) {
    return removal(posting(request.removal(), false));
  }

  /**
   * Makes all moves of a request, or none of them. Lines of one item are decided in their order,
   * each on what the lines before it leave.
   *
   * @throws InvalidValueException if the request has a value that no request may have
   * @throws UnknownItemException if no item has the number of a line
   * @throws RequestIdReusedException if the request id belongs to another request
   * @throws StockTooLargeException if the stock of an item would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Posting post(Request request) {
    request.check();
    return posting(request, true);
  }

  /**
   * Makes the exact opposite of all moves of a request, or none, by the same rule as every request.
   * Its id is made from the first one ({@link Reversal#requestId}), so that a request is reversed
   * once. A hold that is committed is a sale like any other; one that is not is released in place
   * of a reversal. Of a correction, only the right move is reversed: the wrong one is taken back
   * already.
   *
   * @param date the day of the opposite; if empty, that of the first moves
   * @param note a remark; empty if there is none
   * @throws InvalidValueException if the day or the note is one that no request may have
   * @throws UnknownRequestException if no move has the request id
   * @throws NotSoldException if the request is a hold that is not committed
   * @throws RequestIdReusedException if the request was reversed on another day
   * @throws NotCorrectableException if the request was corrected, so that its last correction
   *     stands for it
   * @throws StockTooLargeException if the stock of an item would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Reversal reverse(String requestId, Optional<LocalDate> date, String note) {
    Map<String, Request> standing = standing(Correction.withOrigins(requestId));
    Request first = standing.get(requestId);
    if (first == null) {
      throw new UnknownRequestException(requestId);
    }
    LocalDate day = date.orElse(first.date());
    Request opposite;
    if (first.purpose() instanceof Purpose.Hold) {
      checkIsSold(requestId);
      opposite = Reversal.returnOf(first, day, note);
    } else {
      List<RequestLine> moves =
          Correction.rightMove(first, standing).map(List::of).orElse(first.lines());
      opposite = Reversal.opposite(new Request(requestId, day, note, moves), day, note);
    }
    opposite.check();
    try {
      return new Reversal(opposite, posting(opposite, true));
    } catch (RequestIdReusedException e) {
      Optional<Obstacle> obstacle = Correction.obstacleOf(requestId, this::standing);
      if (obstacle.isPresent() && !obstacle.get().equals(new Obstacle.Reversed(opposite.id()))) {
        throw new NotCorrectableException(requestId, obstacle.get());
      }
      throw e;
    } catch (OutcomeUnknownException e) {
      // The id to ask again with is that of the request to reverse, not that of its opposite.
      throw new OutcomeUnknownException(requestId, e.getCause());
    }
  }

  /** Returns the requests that the ledger has, by id. */
  public Map<String, Request> standing(List<String> requestIds) {
    Map<String, Request> standing = new HashMap<>();
    retry
        .run(connection -> requests.standing(connection, requestIds))
        .forEach((id, request) -> standing.put(id, request.request()));
    return standing;
  }

  private void checkIsSold(String holdId) {
    HoldState hold = retry.run(connection -> holds.states(connection, List.of(holdId))).get(holdId);
    if (hold.outcome().isEmpty() || hold.outcome().get().givesBack()) {
      throw new NotSoldException(holdId, hold.outcome());
    }
  }

  /** Returns a way to post many requests at the same time without a thread for each of them. */
  public Postings postings(Runnable afterEachGroup) {
    return new Postings(this, afterEachGroup);
  }

  /** Posts a request without waiting; see {@link Postings#post}. */
  void post(Request request, Executor leaders, Consumer<Postings.Result> receiver) {
    try {
      request.check();
      request.refuseIfTooFarAhead();
    } catch (InvalidValueException e) {
      receiver.accept(new Postings.Result.Failed(e));
      return;
    }
    queue.submit(
        request,
        MoveAppender.fitsOneStatement(request),
        retry.newAttempt(),
        leaders,
        outcome -> receiver.accept(result(request, outcome)));
  }

  private static Postings.Result result(Request request, Outcome outcome) {
    try {
      return new Postings.Result.Decided(known(request, decisionOf(request, outcome)));
    } catch (RuntimeException e) {
      return new Postings.Result.Failed(e);
    }
  }

  /** Lets requests go on that wait only for an append that has become slow. */
  void callLeaders() {
    queue.callLeaders();
  }

  /**
   * Returns the sum of all moves of the item dated up to the day (invariant 3).
   *
   * @return units
   * @throws UnknownItemException if no item has that number
   * @throws SumOutOfRangeException if the sum is above BIGINT, which only later removals may allow
   */
  public long stockAt(long itemId, LocalDate day) {
    return stockOf(itemId, day).units();
  }

  /**
   * Returns the sum of all moves of the item dated up to the day, with the number of the latest
   * move.
   *
   * @throws UnknownItemException if no item has that number
   * @throws SumOutOfRangeException if the sum is above BIGINT, which only later removals may allow
   */
  public StockOfDay stockOf(long itemId, LocalDate day) {
    return retry.run(
        connection -> {
          LatestMove latest =
              Optional.ofNullable(items.latestMoves(connection, List.of(itemId)).get(itemId))
                  .orElseThrow(() -> new UnknownItemException(itemId));
          if (!latest.bookDate().isAfter(day)) {
            return new StockOfDay(latest.stockAfter(), latest.moveNo());
          }
          return new StockOfDay(
              SumOutOfRangeException.units(
                  BigDecimal.valueOf(latest.stockAfter())
                      .subtract(statements.incrementsAfter(connection, latest, day))),
              latest.moveNo());
        });
  }

  /**
   * Returns the sums of all moves of several items dated up to the day, all of one moment. Unknown
   * items are not in the map.
   *
   * @throws SumOutOfRangeException if a sum is above BIGINT
   */
  public Map<Long, StockOfDay> stocksOf(Collection<Long> itemIds, LocalDate day) {
    return retry.run(connection -> statements.stocksOf(connection, itemIds, day));
  }

  private static Removal removal(Posting posting) {
    return posting instanceof Posting.Insufficient refused
        ? Removal.Insufficient.of(refused.shortages().get(0))
        : new Removal.Removed(((Posting.Made) posting).isRepeated());
  }

  /**
   * Decides a request of any purpose, and makes it if the decision is yes. For the repositories of
   * the requests that write something beside moves.
   *
   * @return any decision but {@link Decision.NotKnown}
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Decision decide(Request request) {
    return decide(request, true);
  }

  /**
   * Decides requests together, and makes those that are accepted, in one transaction. Requests of
   * other threads do not go along.
   *
   * @return one decision for each request, in their order
   * @throws OutcomeUnknownException if the connection was lost and what became of one of them can't
   *     be found out
   */
  public List<Decision> decideTogether(List<Request> requests) {
    List<Decision> decisions = decisionsTogether(requests);
    for (int i = 0; i < decisions.size(); i++) {
      if (decisions.get(i) instanceof Decision.NotKnown) {
        throw new OutcomeUnknownException(requests.get(i).id(), null);
      }
    }
    return decisions;
  }

  private List<Decision> decisionsTogether(List<Request> requests) {
    Attempt attempt = retry.newAttempt();
    try {
      return appender.append(requests, attempt, Map.of()).decisions();
    } catch (RuntimeException e) {
      throw attempt.isAfterLoss() ? new OutcomeUnknownException(requests.get(0).id(), e) : e;
    }
  }

  private Decision decide(Request request, boolean inOneStatement) {
    Decision decision =
        appends
            ? decisionOf(
                request,
                queue.submit(
                    request,
                    inOneStatement && MoveAppender.fitsOneStatement(request),
                    retry.newAttempt()))
            : retry.run(connection -> appender.decideOnly(connection, request));
    return known(request, decision);
  }

  private static Decision known(Request request, Decision decision) {
    if (decision instanceof Decision.NotKnown) {
      throw new OutcomeUnknownException(request.id(), null);
    }
    return decision;
  }

  /** Returns the result; every decision that is neither of its two cases becomes an exception. */
  private Posting posting(Request request, boolean inOneStatement) {
    request.refuseIfTooFarAhead();
    return posting(decide(request, inOneStatement));
  }

  /**
   * Returns the result of a request for moves; every decision that is neither of its two cases
   * becomes an exception.
   */
  public static Posting posting(Decision decision) {
    if (decision instanceof Decision.NoSuchItem unknown) {
      throw new UnknownItemException(unknown.itemId());
    }
    if (decision instanceof Decision.TooLarge tooLarge) {
      throw new StockTooLargeException(tooLarge.itemId());
    }
    if (decision instanceof Decision.RequestIdReused reused) {
      throw new RequestIdReusedException(reused.first());
    }
    return decision instanceof Decision.NotEnough refused
        ? new Posting.Insufficient(refused.shortages())
        : new Posting.Made(((Decision.Accepted) decision).isRepeated());
  }

  private static Decision decisionOf(Request asked, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      throw failed.mayBeDone()
          ? new OutcomeUnknownException(asked.id(), failed.failure())
          : failed.failure();
    }
    return ((Outcome.Decided) outcome).decision();
  }
}
