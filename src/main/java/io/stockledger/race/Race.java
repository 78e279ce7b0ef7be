package io.stockledger.race;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Strategies side by side, in scratch tables of the race's own. */
public final class Race {
  private final Sessions sessions;
  private final boolean tidb;
  private final RaceOptions options;
  private final RaceListener listener;

  /**
   * @param dataSource gives at least two connections more than there are buyers
   * @param tidb whether the server is a TiDB
   */
  public Race(DataSource dataSource, boolean tidb, RaceOptions options, RaceListener listener) {
    this.sessions = new Sessions(dataSource, tidb);
    this.tidb = tidb;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Runs the strategies, which take turns so that whatever drifts hits all alike: each run begins
   * with another one.
   *
   * @return one row a strategy, in the order given; without those that this server can't run
   * @throws SQLException from the database; also when another race runs in it
   * @throws java.util.concurrent.CancellationException when the JVM is told to stop
   */
  public List<RaceRow> run(List<RaceStrategy> strategies)
      throws SQLException, InterruptedException {
    List<RaceStrategy> running = new ArrayList<>();
    for (RaceStrategy strategy : strategies) {
      if (strategy.runsOn(tidb)) {
        running.add(strategy);
      } else {
        listener.leftOut(strategy);
      }
    }
    Map<RaceStrategy, List<RunResult>> results = new LinkedHashMap<>();
    running.forEach(strategy -> results.put(strategy, new ArrayList<>()));

    AtomicBoolean stopped = new AtomicBoolean();
    try (ScratchTables tables = ScratchTables.open(sessions, stopped)) {
      tables.create(tablesOf(running));
      long items = 0;
      for (int run = 1; run <= options.runs(); run++) {
        for (RaceStrategy strategy : running) {
          RunResult result =
              new RaceRun(sessions, strategy, options, stopped).run(items + 1, items + 2);
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
    Set<RaceTable> tables = EnumSet.noneOf(RaceTable.class);
    strategies.forEach(strategy -> tables.addAll(strategy.tables()));
    if (options.terms().orderRow()) {
      tables.add(RaceTable.ORDER);
    }
    if (options.terms().window()) {
      tables.add(RaceTable.WINDOW);
    }
    return tables;
  }
}
