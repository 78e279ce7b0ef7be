package io.stockledger.ledger;

import static java.util.Objects.requireNonNull;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.RetryPolicy;
import io.stockledger.text.Today;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The ledger: moves, and the stock that they add up to.
 *
 * <p>The rule is compare and append. A writer reads the item's latest move and inserts the next
 * number. {@code UNIQUE (item_id, move_no)} lets only one of two writers that read the same move
 * commit; the other decides again. Exactness needs nothing else: no lock, no clock, no order of
 * arrival.
 *
 * <p>The path of a request: the item's {@link ItemGroup} collects it with the requests that arrive
 * at the same time, {@link MoveAppender} reads the latest move, {@link AppendRule} decides, {@link
 * MoveAppender} appends, and the group returns the answer.
 */
public final class StockRepository {
  /**
   * A row has less than 200 bytes, so a statement has less than 100 KB: far below the limit of any
   * server (max_allowed_packet, 16 MiB on MariaDB by default). Larger groups were no faster.
   */
  private static final int MOST_REQUESTS_OF_A_GROUP = 512;

  /** Many times the duration of an append on a server that answers at all. */
  private static final Duration PATIENCE_WITH_A_LEADER = Duration.ofSeconds(5);

  private final StockStatements statements;
  private final Retry retry;
  private final MoveAppender appender;
  private final boolean appends;
  private final ConcurrentMap<Long, ItemGroup> groups = new ConcurrentHashMap<>();

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
    this.retry = new Retry(requireNonNull(database), policy);
    this.appender = new MoveAppender(database, statements, retry);
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
   * @throws RequestIdReusedException if the request id belongs to another move
   * @throws StockTooLargeException if the stock would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public boolean add(MoveRequest request) {
    return isRepeated(decide(asked(request, request.addition()), true));
  }

  /**
   * Removes units if the stock at the end of the day and of every later day stays at least 0
   * (invariant 4), deciding in the one statement that writes.
   *
   * @throws UnknownItemException if no item has that number
   * @throws RequestIdReusedException if the request id belongs to another move
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Removal removeAtomic(MoveRequest request) {
    return removal(request, decide(asked(request, request.removal()), true));
  }

  /**
   * Removes units as {@link #removeAtomic} does, but decides in the application on the move that it
   * read; the append succeeds only right after that move.
   */
  public Removal removeChecked(MoveRequest request) {
    return removal(request, decide(asked(request, request.removal()), false));
  }

  /**
   * Makes the exact opposite of the move of a request, by the same rule as every move. Its request
   * id is made from the first one ({@link Reversal#requestId}), so that a move is reversed once.
   *
   * @param date the day of the opposite; if empty, that of the first move
   * @throws UnknownRequestException if no move has the request id
   * @throws RequestIdReusedException if the move was reversed on another day
   * @throws StockTooLargeException if the stock would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Reversal reverse(String requestId, Optional<LocalDate> date) {
    Move first =
        retry
            .run(connection -> statements.movesOfRequests(connection, List.of(requestId)))
            .get(requestId);
    if (first == null) {
      throw new UnknownRequestException(requestId);
    }
    MoveRequest request =
        new MoveRequest(
            first.itemId(),
            Math.abs(first.increment()),
            date.orElse(first.date()),
            Reversal.requestId(requestId));
    Move opposite = asked(request, first.increment() < 0 ? request.addition() : request.removal());
    try {
      Decision decision = decide(opposite, true);
      return decision instanceof Decision.NotEnough refused
          ? new Reversal.Refused(opposite, insufficient(request, refused))
          : new Reversal.Made(opposite, isRepeated(decision));
    } catch (OutcomeUnknownException e) {
      // The id to ask again with is that of the move to reverse, not that of its opposite.
      throw new OutcomeUnknownException(requestId, e.getCause());
    }
  }

  /**
   * Returns the sum of all moves of the item dated up to the day (invariant 3).
   *
   * @return units
   * @throws UnknownItemException if no item has that number
   * @throws SumOutOfRangeException if the sum is above BIGINT, which only later removals may allow
   */
  public long stockAt(long itemId, LocalDate day) {
    return retry.run(
        connection -> {
          LatestMove latest =
              statements
                  .latestMove(connection, itemId)
                  .orElseThrow(() -> new UnknownItemException(itemId));
          if (!latest.bookDate().isAfter(day)) {
            return latest.stockAfter();
          }
          return SumOutOfRangeException.units(
              BigDecimal.valueOf(latest.stockAfter())
                  .subtract(statements.incrementsAfter(connection, latest, day)));
        });
  }

  /**
   * Returns the sums of all moves of several items dated up to the day, all of one moment. Unknown
   * items are not in the map.
   *
   * @throws SumOutOfRangeException if a sum is above BIGINT
   */
  public Map<Long, Long> stocksAt(Collection<Long> itemIds, LocalDate day) {
    return retry.run(connection -> statements.stocksAt(connection, itemIds, day));
  }

  private static Move asked(MoveRequest request, Move move) {
    request.refuseIfTooFarAhead(Today.date());
    return move;
  }

  private static Removal removal(MoveRequest request, Decision decision) {
    return decision instanceof Decision.NotEnough refused
        ? insufficient(request, refused)
        : new Removal.Removed(isRepeated(decision));
  }

  private static Removal.Insufficient insufficient(
      MoveRequest request, Decision.NotEnough refused) {
    return new Removal.Insufficient(refused.available(), request.quantity(), refused.limit());
  }

  private static boolean isRepeated(Decision decision) {
    return decision instanceof Decision.Accepted accepted && accepted.isRepeated();
  }

  /** Returns Accepted or NotEnough; every other decision becomes an exception. */
  private Decision decide(Move asked, boolean inOneStatement) {
    Decision decision =
        appends
            ? decisionOf(asked, submit(asked, inOneStatement))
            : retry.run(connection -> appender.decideOnly(connection, asked));
    if (decision instanceof Decision.NoSuchItem) {
      throw new UnknownItemException(asked.itemId());
    }
    if (decision instanceof Decision.TooLarge) {
      throw new StockTooLargeException(asked.itemId());
    }
    if (decision instanceof Decision.RequestIdReused reused) {
      throw new RequestIdReusedException(reused.first());
    }
    if (decision instanceof Decision.NotKnown) {
      throw new OutcomeUnknownException(asked.requestId(), null);
    }
    return decision;
  }

  private ItemGroup.Outcome submit(Move asked, boolean inOneStatement) {
    ItemGroup group = groups.computeIfAbsent(asked.itemId(), itemId -> newGroup());
    try {
      return group.submit(asked, inOneStatement, retry.newAttempt());
    } finally {
      if (group.isIdle()) {
        // A writer that got this group from the map just now appends beside the writers of the next
        // group. That is safe, because exactness does not rest on groups.
        groups.remove(asked.itemId(), group);
      }
    }
  }

  private ItemGroup newGroup() {
    return new ItemGroup(appender, MOST_REQUESTS_OF_A_GROUP, PATIENCE_WITH_A_LEADER);
  }

  private static Decision decisionOf(Move asked, ItemGroup.Outcome outcome) {
    if (outcome instanceof ItemGroup.Failed failed) {
      throw failed.mayBeDone()
          ? new OutcomeUnknownException(asked.requestId(), failed.failure())
          : failed.failure();
    }
    return ((ItemGroup.Decided) outcome).decision();
  }
}
