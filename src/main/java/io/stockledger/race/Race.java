package io.stockledger.race;

import io.stockledger.db.Database;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.RaceInProgressException;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.ScratchTables;
import io.stockledger.race.sale.Shelf;
import io.stockledger.race.strategy.RaceStrategy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A race of strategies, in scratch tables that the race makes and drops. */
public final class Race {
  private final Database database;
  private final RaceOptions options;

  /**
   * @param database allows as many connections at the same time as {@link #connections} says
   */
  public Race(Database database, RaceOptions options) {
    this.database = database;
    this.options = options;
  }

  /** Returns the number of connections that a race uses at the same time. */
  public static int connections(RaceOptions options) {
    // One more makes, reads and drops the tables, and one is the run's own.
    return options.buyers().count() + 2;
  }

  /** Returns the strategies that this server can run. */
  public List<RaceStrategy> runnable(List<RaceStrategy> strategies) {
    return strategies.stream().filter(strategy -> strategy.runsOn(database.isTidb())).toList();
  }

  /** Returns why this server can't run a strategy, as the end of a sentence; empty if it can. */
  public Optional<String> reasonToLeaveOut(RaceStrategy strategy) {
    return strategy.reasonToLeaveOut(database.isTidb());
  }

  /**
   * Runs the strategies that this server can run. The strategies take turns, and each round begins
   * with another strategy, so that a drift of the server affects all of them alike.
   *
   * @return one row per strategy, in the order given
   * @throws DatabaseException for an error of the database that another try does not fix
   * @throws RaceInProgressException if another race runs in the same database
   * @throws RaceStoppedException if the JVM is told to stop
   */
  public List<RaceRow> run(List<RaceStrategy> strategies, RaceListener listener)
      throws InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    try {
      return takeTurns(runnable(strategies), listener, stopped);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private List<RaceRow> takeTurns(
      List<RaceStrategy> strategies, RaceListener listener, AtomicBoolean stopped)
      throws SQLException, InterruptedException {
    List<RaceStrategy> round = new ArrayList<>(strategies);
    Map<RaceStrategy, List<RunResult>> results = new LinkedHashMap<>();
    round.forEach(strategy -> results.put(strategy, new ArrayList<>()));

    ScratchTables tables = ScratchTables.open(database, stopped);
    try (tables) {
      tables.create(tablesOf(round));
      long nextItemId = 1;
      for (int run = 1; run <= options.runs(); run++) {
        for (RaceStrategy strategy : round) {
          Assortment assortment = options.assortmentOf(strategy.name());
          Shelf warmUp = new Shelf(nextItemId, assortment.smallest());
          Shelf counted = new Shelf(warmUp.lastItemId() + 1, assortment);
          nextItemId = counted.lastItemId() + 1;
          RunResult result = new RaceRun(database, strategy, options, stopped).run(warmUp, counted);
          results.get(strategy).add(result);
          listener.finished(result, run);
        }
        Collections.rotate(round, 1);
      }
    } catch (SQLException | RuntimeException e) {
      if (stopped.get()) {
        // The statements failed because the shutdown hook dropped the tables.
        throw stopped(results, tables);
      }
      throw e;
    }
    return rows(results);
  }

  private static RaceStoppedException stopped(
      Map<RaceStrategy, List<RunResult>> results, ScratchTables tables) {
    int finished = results.values().stream().mapToInt(List::size).sum();
    return new RaceStoppedException(rows(results), finished, tables.areRemoved());
  }

  /** One row per strategy that finished a run. */
  private static List<RaceRow> rows(Map<RaceStrategy, List<RunResult>> results) {
    return results.values().stream().filter(runs -> !runs.isEmpty()).map(RaceRow::of).toList();
  }

  private Set<RaceTable> tablesOf(List<RaceStrategy> strategies) {
    Set<RaceTable> tables = new LinkedHashSet<>();
    strategies.forEach(strategy -> tables.addAll(strategy.stockTables().tables()));
    if (options.terms().orderRow()) {
      tables.add(RaceTable.ORDER);
    }
    if (options.terms().window()) {
      tables.add(RaceTable.WINDOW);
    }
    return tables;
  }
}
