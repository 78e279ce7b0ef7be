package io.stockledger.race;

import io.stockledger.db.Database;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.SaleWindow;
import io.stockledger.race.strategy.RaceStrategy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of one strategy: all buyers wait at a gate with their connections open, buy, and what
 * they were told is compared with the database.
 */
final class RaceRun {
  private final Database database;
  private final RaceStrategy strategy;
  private final RaceOptions options;
  private final AtomicBoolean stopped;

  /**
   * @param stopped set from outside to end the run before its time
   */
  RaceRun(Database database, RaceStrategy strategy, RaceOptions options, AtomicBoolean stopped) {
    this.database = database;
    this.strategy = strategy;
    this.options = options;
    this.stopped = stopped;
  }

  /** What a buyer does once the gate is open. */
  private interface Buying {
    Tally run(Buyer buyer, int index) throws SQLException;
  }

  /**
   * Runs it.
   *
   * @param warmUpItemId an item that is not in the tables yet: bought first, not counted
   * @param itemId another one: the one that counts
   * @throws CancellationException when it was stopped from outside
   */
  RunResult run(long warmUpItemId, long itemId) throws SQLException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(options.threads());
    try (Connection own = database.connection();
        Connections connections = Connections.open(database, options.threads())) {
      List<Buyer> buyers = new ArrayList<>();
      for (int i = 0; i < options.threads(); i++) {
        buyers.add(new Buyer(strategy, connections.get(i), i + 1, stopped));
      }
      if (strategy.takesOwnConnections()) {
        // Back to the pool, open: that is where the strategy takes them from.
        connections.giveBack();
      }
      warmUp(own, warmUpItemId, threads, buyers);
      return race(own, itemId, threads, buyers);
    } finally {
      threads.shutdownNow();
    }
  }

  private void warmUp(
      Connection connection, long itemId, ExecutorService threads, List<Buyer> buyers)
      throws SQLException, InterruptedException {
    long stock = Buyer.warmUpStock(buyers.size());
    strategy.stockTables().load(connection, new Goods(itemId, stock, 0, buyers.size()));
    if (options.window().isPresent()) {
      Orders.setWindow(connection, itemId, SaleWindow.OPEN);
    }
    atOnce(
        threads,
        buyers,
        (buyer, index) -> {
          buyer.warmUp(itemId, options.terms());
          return new Tally();
        });
  }

  private RunResult race(
      Connection connection, long itemId, ExecutorService threads, List<Buyer> buyers)
      throws SQLException, InterruptedException {
    strategy
        .stockTables()
        .load(connection, new Goods(itemId, options.stock(), options.movesBefore(), buyers.size()));
    if (options.window().isPresent()) {
      Orders.setWindow(connection, itemId, options.window().get());
    }
    Rivals rivals = new Rivals(buyers.size(), options.stock());
    Buying untilRefused =
        (buyer, index) ->
            buyer.buyUntilRefused(itemId, options.quantity(), options.terms(), rivals);
    Buying once =
        (buyer, index) -> buyer.buyOnce(itemId, options.purchases().get(index), options.terms());
    Tally tally = atOnce(threads, buyers, options.purchases().isEmpty() ? untilRefused : once);
    return RunResult.of(
        strategy,
        options.stock(),
        tally,
        readBack(connection, itemId),
        options.window().isPresent() ? Orders.unitsOutsideOfWindow(connection, itemId) : 0);
  }

  private FinalState readBack(Connection connection, long itemId) throws SQLException {
    FinalState state = strategy.stockTables().readBack(connection, itemId);
    if (!options.terms().orderRow()) {
      return state;
    }
    Map<String, Long> recorded = new LinkedHashMap<>(state.recorded());
    recorded.put("orders", Orders.units(connection, itemId));
    return new FinalState(state.left(), recorded);
  }

  /** Opens the gate when all buyers stand before it, and waits until all are done. */
  private Tally atOnce(ExecutorService threads, List<Buyer> buyers, Buying buying)
      throws SQLException, InterruptedException {
    CountDownLatch ready = new CountDownLatch(buyers.size());
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<Tally>> tallies = new ArrayList<>();
    for (int i = 0; i < buyers.size(); i++) {
      int index = i;
      tallies.add(
          threads.submit(
              () -> {
                ready.countDown();
                gate.await();
                return buying.run(buyers.get(index), index);
              }));
    }
    ready.await();
    gate.countDown();
    Tally all = collect(tallies);
    if (stopped.get()) {
      throw new CancellationException("The race was stopped.");
    }
    return all;
  }

  /** Waits for every buyer, and then throws the first failure with the others under it. */
  private Tally collect(List<Future<Tally>> tallies) throws SQLException, InterruptedException {
    Tally all = new Tally();
    Throwable failure = null;
    for (Future<Tally> tally : tallies) {
      try {
        all.add(tally.get());
      } catch (ExecutionException e) {
        if (failure == null) {
          failure = e.getCause();
        } else {
          failure.addSuppressed(e.getCause());
        }
      }
    }
    if (failure == null || stopped.get()) {
      return all;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof SQLException error) {
      throw error;
    }
    throw new IllegalStateException("A buyer of " + strategy.name().word() + " failed.", failure);
  }
}
