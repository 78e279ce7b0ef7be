package io.stockledger.ledger;

import static java.util.Objects.requireNonNull;

import io.stockledger.db.Database;
import io.stockledger.db.OutcomeUnknownException;
import io.stockledger.db.Retry;
import io.stockledger.db.RetryPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
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
 * <p>A request takes a straight way: the item's {@link ItemGroup} collects it with those that come
 * at the same time, {@link MoveAppender} reads the latest move, {@link AppendRule} decides, {@link
 * MoveAppender} appends, and the group hands back the answer.
 */
public final class StockRepository {
  /**
   * A row has less than 200 bytes, so that a statement stays below 100 KB: far below what any
   * server takes (max_allowed_packet, 16 MiB on MariaDB by default). Larger groups were no faster.
   */
  private static final int MOST_REQUESTS_OF_A_GROUP = 512;

  /** Many times what an append takes on a server that answers at all. */
  private static final Duration PATIENCE_WITH_A_LEADER = Duration.ofSeconds(5);

  private final StockStatements statements;
  private final Retry retry;
  private final MoveAppender appender;
  private final ConcurrentMap<Long, ItemGroup> groups = new ConcurrentHashMap<>();

  public StockRepository(Database database) {
    this(database, LedgerTables.ledger(), database.retryPolicy());
  }

  /** The ledger's rule over other tables, or with other patience. */
  public StockRepository(Database database, LedgerTables tables, RetryPolicy policy) {
    this.statements = new StockStatements(requireNonNull(tables));
    this.retry = new Retry(requireNonNull(database), policy);
    this.appender = new MoveAppender(database, statements, retry);
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
    decide(asked(request, request.quantity()), true);
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
    return removal(request, decide(asked(request, -request.quantity()), true));
  }

  /**
   * The same as {@link #removeAtomic}, deciding in the application on what was read before: the
   * append takes place only right after the move that was read.
   */
  public Removal removeChecked(MoveRequest request) {
    return removal(request, decide(asked(request, -request.quantity()), false));
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

  private static Move asked(MoveRequest request, long increment) {
    request.refuseIfTooFarAhead(LocalDate.now(ZoneId.systemDefault()));
    return new Move(request.itemId(), increment, request.date(), request.requestId());
  }

  private static Removal removal(MoveRequest request, Decision decision) {
    return decision instanceof Decision.NotEnough refused
        ? new Removal.Insufficient(refused.available(), request.quantity())
        : new Removal.Removed();
  }

  /** Returns Accepted or NotEnough; the other decisions are exceptions. */
  private Decision decide(Move asked, boolean inOneStatement) {
    Decision decision = decisionOf(asked, submit(asked, inOneStatement));
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
        // A writer that took it from the map just now appends beside the others: no harm is done.
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
