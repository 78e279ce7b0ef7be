package io.stockledger.race;

import io.stockledger.db.Database;
import io.stockledger.db.DatabaseException;
import io.stockledger.race.sale.RaceInProgressException;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.ScratchTables;
import io.stockledger.race.strategy.RaceStrategy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Strategies side by side, in scratch tables of the race's own. */
public final class Race {
  private final Database database;
  private final RaceOptions options;
  private final RaceListener listener;

  /**
   * @param database gives {@link #connections} at the same time
   */
  public Race(Database database, RaceOptions options, RaceListener listener) {
    this.database = database;
    this.options = options;
    this.listener = listener;
  }

  /** How many connections a race of that many buyers uses at a time. */
  public static int connections(RaceOptions options) {
    // One more makes, reads and drops the tables, and one is the run's own.
    return options.threads() + 2;
  }

  /**
   * Runs the strategies, which take turns so that whatever drifts hits all alike: each run begins
   * with another one.
   *
   * @return one row a strategy, in the order given; without those that this server can't run
   * @throws DatabaseException for an error of the database that trying again does not mend
   * @throws RaceInProgressException when another race runs in the same database
   * @throws CancellationException when the JVM is told to stop
   */
  public List<RaceRow> run(List<RaceStrategy> strategies) throws InterruptedException {
    List<RaceStrategy> running = new ArrayList<>();
    for (RaceStrategy strategy : strategies) {
      if (strategy.runsOn(database.isTidb())) {
        running.add(strategy);
      } else {
        listener.leftOut(strategy);
      }
    }
    AtomicBoolean stopped = new AtomicBoolean();
    try {
      return takeTurns(running, stopped);
    } catch (SQLException | RuntimeException e) {
      if (stopped.get()) {
        // Whatever failed, it did so because the tables went away under it.
        throw new CancellationException("The race was stopped.");
      }
      throw e instanceof SQLException error ? new DatabaseException(error) : (RuntimeException) e;
    }
  }

  private List<RaceRow> takeTurns(List<RaceStrategy> running, AtomicBoolean stopped)
      throws SQLException, InterruptedException {
    Map<RaceStrategy, List<RunResult>> results = new LinkedHashMap<>();
    running.forEach(strategy -> results.put(strategy, new ArrayList<>()));

    try (ScratchTables tables = ScratchTables.open(database, stopped)) {
      tables.create(tablesOf(running));
      listener.begins(running.size() * options.runs());
      long items = 0;
      for (int run = 1; run <= options.runs(); run++) {
        for (RaceStrategy strategy : running) {
          RunResult result =
              new RaceRun(database, strategy, options, stopped).run(items + 1, items + 2);
          items += 2;
          results.get(strategy).add(result);
          listener.finished(result, run, options.runs());
        }
        Collections.rotate(running, 1);
      }
    }
    return results.values().stream().map(RaceRow::of).toList();
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
