package io.stockledger.race.strategy;

import io.stockledger.db.BusyException;
import io.stockledger.db.Database;
import io.stockledger.db.RetryPolicy;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.race.sale.Backoff;
import io.stockledger.race.sale.LedgerMoves;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The ledger itself: {@link StockRepository#removeAtomic} over tables of the same shape. Each item
 * has its moves numbered, a removal appends the next number, and of two that read the same move one
 * reads again.
 *
 * <p>A removal is a unit of its own, on a connection of its own. So where an order row is asked
 * for, it is written before (in the window of a flash sale), and taken back when the removal is
 * refused: an order counts together with the move that has its request id.
 */
public final class CompareAndAppend implements RaceStrategy {
  /** As many as there are buyers at most; a buyer beyond shares one. */
  private static final int MOST_WRITERS = 1_024;

  /** One try only: a try that met a conflict would queue. */
  private static final RetryPolicy ONE_TRY =
      new RetryPolicy(
          1, Duration.ofSeconds(60), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private static final int TRIES_WITHOUT_QUEUE = 1_000;

  private final StrategyName name;
  private final Database database;
  private final StockTables stockTables;
  private final int mostTries;

  /** Each buyer uses that of its number modulo their count. */
  private final List<Writer> writers;

  private CompareAndAppend(
      StrategyName name, Database database, int writers, RetryPolicy policy, int mostTries) {
    this.name = name;
    this.database = database;
    this.stockTables = new LedgerMoves(database);
    this.mostTries = mostTries;
    this.writers =
        IntStream.range(0, writers)
            .mapToObj(writer -> new StockRepository(database, RaceTable.LEDGER_NAMES, policy))
            .map(ledger -> new Writer(ledger, new AtomicLong()))
            .toList();
  }

  /**
   * What stands for a process.
   *
   * @param conflictsTold how many of its conflicts purchases have told
   */
  private record Writer(StockRepository ledger, AtomicLong conflictsTold) {
    /** Conflicts of any of its buyers that no purchase has told yet: their sum is right. */
    int conflictsSinceTold() {
      long now = ledger.conflicts();
      return Math.toIntExact(Math.max(0, now - conflictsTold.getAndAccumulate(now, Math::max)));
    }
  }

  /** As separate processes use the ledger: each buyer has a repository of its own. */
  public static CompareAndAppend bySeparateWriters(Database database) {
    return new CompareAndAppend(
        StrategyName.COMPARE_AND_APPEND, database, MOST_WRITERS, database.retryPolicy(), 1);
  }

  /**
   * As one process uses the ledger, or several: the buyers share repositories, and those that come
   * at the same time are appended together.
   *
   * @param writers how many repositories they share
   */
  static CompareAndAppend inGroups(Database database, int writers) {
    return new CompareAndAppend(
        StrategyName.GROUP_APPEND, database, writers, database.retryPolicy(), 1);
  }

  /** Optimistic tries only: exact all the same, but many writers keep running into each other. */
  static CompareAndAppend withoutQueue(Database database) {
    return new CompareAndAppend(
        StrategyName.COMPARE_AND_APPEND_NO_QUEUE,
        database,
        MOST_WRITERS,
        ONE_TRY,
        TRIES_WITHOUT_QUEUE);
  }

  @Override
  public StrategyName name() {
    return name;
  }

  @Override
  public StockTables stockTables() {
    return stockTables;
  }

  @Override
  public boolean takesOwnConnections() {
    return true;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return purchase.terms().orderRow() ? buyWithOrder(purchase) : remove(purchase);
  }

  private Outcome buyWithOrder(Purchase purchase) throws SQLException {
    try (Connection connection = database.connection()) {
      Outcome order = Orders.place(connection, purchase);
      if (!(order instanceof Outcome.Sold)) {
        return order;
      }
    }
    Outcome outcome = remove(purchase);
    if (!(outcome instanceof Outcome.Sold)) {
      try (Connection connection = database.connection()) {
        Orders.takeBack(connection, purchase);
      }
    }
    return outcome;
  }

  private Outcome remove(Purchase purchase) {
    MoveRequest request =
        new MoveRequest(
            purchase.itemId(), purchase.quantity(), LedgerMoves.TODAY, purchase.requestId());
    Writer writer = writers.get(purchase.buyer() % writers.size());
    for (int tries = 1; tries <= mostTries; tries++) {
      try {
        Removal removal = writer.ledger().removeAtomic(request);
        return outcome(removal).after(writer.conflictsSinceTold());
      } catch (BusyException e) {
        Backoff.pause(tries);
      }
    }
    return new Outcome.GaveUp(writer.conflictsSinceTold());
  }

  private static Outcome outcome(Removal removal) {
    return removal instanceof Removal.Removed
        ? Outcome.sold()
        : Outcome.refused(RefusalReason.NOT_ENOUGH);
  }
}
