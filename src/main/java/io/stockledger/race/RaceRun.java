package io.stockledger.race;

import io.stockledger.db.Database;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.SaleWindow;
import io.stockledger.race.sale.Shelf;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.RaceStrategy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of one strategy: all buyers open their connections, wait at a gate and buy. Then the run
 * compares what the buyers were told with the database.
 */
final class RaceRun {
  private final Database database;
  private final RaceStrategy strategy;
  private final RaceOptions options;
  private final AtomicBoolean stopped;

  /**
   * @param stopped set from outside to end the run early
   */
  RaceRun(Database database, RaceStrategy strategy, RaceOptions options, AtomicBoolean stopped) {
    this.database = database;
    this.strategy = strategy;
    this.options = options;
    this.stopped = stopped;
  }

  /**
   * Warms up, races and compares.
   *
   * @param warmUp new items, whose purchases are not counted
   * @param counted other new items, whose purchases are counted
   * @throws CancellationException if the run was stopped from outside
   */
  RunResult run(Shelf warmUp, Shelf counted) throws SQLException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(options.buyers().count());
    try (Connection own = database.connection();
        Connections connections = Connections.open(database, options.buyers().count())) {
      List<Buyer> buyers = new ArrayList<>();
      for (int i = 0; i < options.buyers().count(); i++) {
        buyers.add(new Buyer(strategy, connections.get(i), i + 1, stopped));
      }
      if (strategy.takesOwnConnections()) {
        // The strategy takes its connections from the pool, which keeps these open.
        connections.giveBack();
      }
      warmUp(own, warmUp, threads, buyers);
      return race(own, counted, threads, buyers);
    } finally {
      threads.shutdownNow();
    }
  }

  private void warmUp(
      Connection connection, Shelf shelf, ExecutorService threads, List<Buyer> buyers)
      throws SQLException, InterruptedException {
    load(
        connection,
        shelf,
        Buyer.warmUpStock(buyers.size()),
        0,
        options.window().map(counted -> SaleWindow.OPEN));
    Demand demand = new Demand(shelf);
    atOnce(
        threads,
        buyers.stream()
            .<Callable<Tally>>map(buyer -> () -> buyer.warmUp(demand, options.terms()))
            .toList());
  }

  private RunResult race(
      Connection connection, Shelf shelf, ExecutorService threads, List<Buyer> buyers)
      throws SQLException, InterruptedException {
    load(connection, shelf, options.stock(), options.movesBefore(), options.window());
    Tally tally = atOnce(threads, purchases(buyers, shelf));
    return RunResult.of(strategy.name(), options.stock(), tally, findings(connection, shelf));
  }

  /** Puts every item of a shelf into the tables, and then opens the sale, if it has a window. */
  private void load(
      Connection connection, Shelf shelf, long stock, int movesBefore, Optional<SaleWindow> window)
      throws SQLException {
    for (long itemId : shelf.itemIds()) {
      Goods goods = new Goods(itemId, stock, movesBefore, options.buyers().count());
      strategy.stockTables().load(connection, goods);
    }
    if (window.isPresent()) {
      for (long itemId : shelf.itemIds()) {
        Orders.setWindow(connection, itemId, window.get());
      }
    }
  }

  private List<Callable<Tally>> purchases(List<Buyer> buyers, Shelf shelf) {
    Demand demand = new Demand(shelf);
    Terms terms = options.terms();
    List<Callable<Tally>> purchases = new ArrayList<>();
    if (options.buyers() instanceof Buyers.UntilRefused all) {
      Rivals rivals = new Rivals(buyers.size(), options.stock() * shelf.assortment().items());
      for (Buyer buyer : buyers) {
        purchases.add(() -> buyer.buyUntilRefused(demand, all.quantity(), terms, rivals));
      }
    } else if (options.buyers() instanceof Buyers.Once once) {
      for (int i = 0; i < buyers.size(); i++) {
        Buyer buyer = buyers.get(i);
        long quantity = once.quantities().get(i);
        purchases.add(() -> buyer.buyOnce(demand, quantity, terms));
      }
    }
    return purchases;
  }

  private Findings findings(Connection connection, Shelf shelf) throws SQLException {
    Map<Long, FinalState> items = new LinkedHashMap<>();
    long unitsOutsideOfWindow = 0;
    for (long itemId : shelf.itemIds()) {
      items.put(itemId, readBack(connection, itemId));
      if (options.window().isPresent()) {
        unitsOutsideOfWindow += Orders.unitsOutsideOfWindow(connection, itemId);
      }
    }
    long halves =
        shelf.assortment().lines() == 1 ? 0 : strategy.stockTables().halves(connection, shelf);
    return new Findings(items, halves, unitsOutsideOfWindow);
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

  /** Lets all threads begin at the same moment, and returns the sum of their tallies. */
  private Tally atOnce(ExecutorService threads, List<Callable<Tally>> purchases)
      throws SQLException, InterruptedException {
    CountDownLatch ready = new CountDownLatch(purchases.size());
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<Tally>> tallies = new ArrayList<>();
    for (Callable<Tally> buying : purchases) {
      tallies.add(
          threads.submit(
              () -> {
                ready.countDown();
                gate.await();
                return buying.call();
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

  /** Waits for every buyer; then throws the first failure, with the others suppressed under it. */
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
