package io.stockledger.race.strategy;

import io.stockledger.db.Database;
import io.stockledger.db.RetryPolicy;
import io.stockledger.db.failure.BusyException;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.race.sale.Backoff;
import io.stockledger.race.sale.LedgerMoves;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The ledger itself over tables of the same shape: a removal of one item, or an order of several as
 * one request. The moves of an item are numbered, and a removal appends the next number. Of two
 * repositories that read the same last move one appends; the other meets a conflict, waits for its
 * turn at the item's row and reads again. The buyers of one repository take turns inside it: while
 * one append runs the others wait, and then the repository appends them together. The request
 * itself is in {@link LedgerSale}.
 *
 * <p>A removal is a transaction of its own on a connection of its own. Therefore the order row, if
 * one is asked for, is written before the removal (in the window of a flash sale) and is deleted if
 * the removal is refused: an order counts only together with the move that has its request id.
 */
final class CompareAndAppend implements RaceStrategy {
  /** More than a race has buyers, so that each buyer has a repository to itself. */
  private static final int MOST_WRITERS = 1_024;

  /** One try only, because after a conflict the next try would wait in a queue. */
  private static final RetryPolicy ONE_TRY =
      new RetryPolicy(
          1, Duration.ofSeconds(60), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private static final int TRIES_WITHOUT_QUEUE = 1_000;

  private final StrategyName name;
  private final Database database;
  private final StockTables stockTables;
  private final int mostTries;

  /** A buyer uses the writer at the index of its number modulo the number of writers. */
  private final List<Writer> writers;

  private CompareAndAppend(
      StrategyName name, Database database, int writers, RetryPolicy policy, int mostTries) {
    this.name = name;
    this.database = database;
    this.stockTables =
        isOfHolds(name) ? LedgerMoves.withHolds(database) : LedgerMoves.alone(database);
    this.mostTries = mostTries;
    this.writers =
        IntStream.range(0, writers)
            .mapToObj(writer -> new StockRepository(database, RaceTable.LEDGER_NAMES, policy))
            .map(ledger -> new Writer(ledger, holds(ledger), new AtomicLong()))
            .toList();
  }

  /**
   * A repository in the role of a process.
   *
   * @param conflictsTold number of the repository's conflicts that purchases have reported
   */
  private record Writer(StockRepository ledger, HoldRepository holds, AtomicLong conflictsTold) {
    /** Counts the conflicts since the last report, so that the sum over all purchases is right. */
    int conflictsSinceTold() {
      long now = ledger.conflicts();
      return Math.toIntExact(Math.max(0, now - conflictsTold.getAndAccumulate(now, Math::max)));
    }
  }

  /** Each buyer has a repository of its own, as separate processes have. */
  static CompareAndAppend bySeparateWriters(StrategyName name, Database database) {
    return new CompareAndAppend(name, database, MOST_WRITERS, database.retryPolicy(), 1);
  }

  /**
   * The buyers share repositories, as the threads of one process or of several do. A repository
   * appends simultaneous removals together.
   *
   * @param writers number of the repositories
   */
  static CompareAndAppend inGroups(StrategyName name, Database database, int writers) {
    return new CompareAndAppend(name, database, writers, database.retryPolicy(), 1);
  }

  /**
   * The buyers share repositories, hold what they buy, and then commit the hold.
   *
   * @param writers number of the repositories
   */
  static CompareAndAppend ofHolds(Database database, int writers) {
    return inGroups(StrategyName.HOLD_GROUP_APPEND, database, writers);
  }

  private HoldRepository holds(StockRepository ledger) {
    return new HoldRepository(database, ledger, RaceTable.LEDGER_NAMES);
  }

  private static boolean isOfHolds(StrategyName name) {
    return name == StrategyName.HOLD_GROUP_APPEND;
  }

  /** Optimistic tries without a queue: exact too, but many writers meet conflicts repeatedly. */
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
        Orders.takeBack(connection, purchase);
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
    Writer writer = writers.get(purchase.buyer() % writers.size());
    for (int tries = 1; tries <= mostTries; tries++) {
      try {
        Outcome outcome =
            isOfHolds(name)
                ? LedgerSale.holdAndCommit(writer.holds(), purchase)
                : LedgerSale.make(writer.ledger(), purchase);
        return outcome.after(writer.conflictsSinceTold());
      } catch (BusyException e) {
        Backoff.pause(tries);
      }
    }
    return new Outcome.GaveUp(writer.conflictsSinceTold());
  }
}
