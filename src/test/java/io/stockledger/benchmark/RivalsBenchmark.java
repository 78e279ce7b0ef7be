package io.stockledger.benchmark;

import io.stockledger.db.Database;
import io.stockledger.race.Buyers;
import io.stockledger.race.Pace;
import io.stockledger.race.Race;
import io.stockledger.race.RaceOptions;
import io.stockledger.race.RaceRow;
import io.stockledger.race.RunResult;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.strategy.Strategies;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.testing.TestLedger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the benchmark that sells one item, one of many items, and orders of several items,
 * beside what locks do. It runs the race of {@code stock race}, in which the ways take turns.
 */
final class RivalsBenchmark {
  private static final List<StrategyName> ONE_ITEM =
      List.of(
          StrategyName.COMPARE_AND_APPEND,
          StrategyName.GROUP_APPEND,
          StrategyName.CONDITIONAL_UPDATE,
          StrategyName.SELECT_FOR_UPDATE);

  private static final List<StrategyName> ORDERS =
      List.of(
          StrategyName.ORDER_COMPARE_AND_APPEND,
          StrategyName.ORDER_GROUP_APPEND,
          StrategyName.ORDER_CONDITIONAL_UPDATE,
          StrategyName.ORDER_SELECT_FOR_UPDATE);

  private RivalsBenchmark() {}

  /**
   * Runs the three races.
   *
   * @param buyers threads that buy
   * @param stockOfOneItem units of the one item
   * @param stockOfEach units of each of many items
   */
  static void run(int buyers, long stockOfOneItem, long stockOfEach, int runs, Report report)
      throws InterruptedException {
    race("One item", ONE_ITEM, Assortment.ONE_ITEM, buyers, stockOfOneItem, runs, report);
    race("One of 1,000 items", ORDERS, new Assortment(1_000, 1), buyers, stockOfEach, runs, report);
    race(
        "Orders of 3 of 50 items",
        ORDERS,
        new Assortment(50, 3),
        buyers,
        stockOfEach,
        runs,
        report);
  }

  private static void race(
      String title,
      List<StrategyName> names,
      Assortment assortment,
      int buyers,
      long stock,
      int runs,
      Report report)
      throws InterruptedException {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(buyers, 1),
            stock,
            assortment,
            0,
            runs,
            false,
            Optional.empty());
    Map<StrategyName, Pace> paces = new EnumMap<>(StrategyName.class);
    try (TestLedger ledger = TestLedger.make(1);
        Database database = TestLedger.open(ledger.url(), Race.connections(options))) {
      List<RaceRow> rows =
          new Race(database, options)
              .run(Strategies.of(names, database, 1), RivalsBenchmark::ignore);
      rows.forEach(row -> paces.put(row.strategy(), row.pace()));
    }
    print(title + ", " + buyers + " buyers, stock " + stock, names, paces, runs, report);
  }

  private static void ignore(RunResult result, int run) {}

  /** The last two ways are the rivals, in whose multiples all others are given. */
  private static void print(
      String title,
      List<StrategyName> names,
      Map<StrategyName, Pace> paces,
      int runs,
      Report report) {
    Pace conditional = paces.get(names.get(names.size() - 2));
    Pace forUpdate = paces.get(names.get(names.size() - 1));
    report.text("%s. %s.", title, Report.runs(runs));
    report.head("way", "a second", "p99 ms", "of FOR UPDATE", "of the conditional UPDATE");
    for (StrategyName name : names) {
      Pace pace = paces.get(name);
      report.row(
          name.word(),
          Report.number(pace.perSecond(), 0),
          Report.number(pace.p99Ms(), 1),
          Report.number(pace.perSecond() / forUpdate.perSecond(), 2),
          Report.number(pace.perSecond() / conditional.perSecond(), 2));
    }
    report.end();
  }
}
