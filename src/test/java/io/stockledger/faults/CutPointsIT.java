package io.stockledger.faults;

import static io.stockledger.proxy.Match.point;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Conversations of commands with the server that are cut once, at each command that is sent and in
 * each of three ways. The report of the stock command must be true, and running it again must
 * complete its work.
 */
class CutPointsIT {
  private static final List<String> TABLE = new ArrayList<>();

  private static final Map<String, Action> CUTS = new LinkedHashMap<>();

  static {
    CUTS.put("before", Actions.cutBeforeExecution(Cut.FIN));
    CUTS.put("after", Actions.cutBeforeAnswer(Cut.RESET));
    CUTS.put("within", Actions.cutInAnswer(Cut.FIN));
  }

  @AfterAll
  static void printTable() {
    System.out.println("Cut points tested:");
    TABLE.forEach(System.out::println);
  }

  @ParameterizedTest
  @EnumSource
  void aMoveIsMadeExactlyOnce(MoveCase move) {
    try (FaultBench bench = FaultBench.onLedger()) {
      long points = countPoints(bench, move);
      int done = 0;
      int askedAgain = 0;
      for (long point = 1; point <= points; point++) {
        for (Map.Entry<String, Action> cut : CUTS.entrySet()) {
          if (aMoveSurvives(bench, move, point, cut)) {
            done++;
          } else {
            askedAgain++;
          }
        }
      }
      LedgerInvariants.check(bench.schema());
      TABLE.add(row(move.name(), points, done, askedAgain));
    }
  }

  private static long countPoints(FaultBench bench, MoveCase move) {
    long itemId = move.newItem(bench);
    bench.proxy().resetPoints();
    move.prepare(bench);
    StockCli.Result result = bench.throughProxy(move.commandLine(itemId, "count"));
    assertThat(result.out()).as("%s", result).isEqualTo(move.out(itemId, "count"));
    bench.proxy().awaitNoConnection();
    return bench.proxy().points();
  }

  /** Returns whether the command completed in spite of the cut, without being run again. */
  private static boolean aMoveSurvives(
      FaultBench bench, MoveCase move, long point, Map.Entry<String, Action> cut) {
    long itemId = move.newItem(bench);
    String requestId = "cut-" + cut.getKey() + "-" + point;
    String commandLine = move.commandLine(itemId, requestId);
    String where = move + ", point " + point + ", " + cut.getKey();
    bench.proxy().resetPoints();
    move.prepare(bench);
    Rule rule = bench.proxy().when(point(point)).once().then(cut.getValue());
    StockCli.Result result = bench.throughProxy(commandLine);
    bench.proxy().awaitNoConnection();
    assertThat(rule.timesFired()).as("%s", where).isEqualTo(1);
    bench.proxy().clearRules();

    int moves = bench.movesOf(requestId).size();
    boolean ended = result.status() == move.status();
    if (ended) {
      assertThat(result.out()).as("%s: %s", where, result).isEqualTo(move.out(itemId, requestId));
      assertThat(moves).as("%s: %s", where, result).isEqualTo(move.movesWhenDone());
    } else {
      assertHonest(where, result, requestId, moves);
      StockCli.Result again = bench.throughProxy(commandLine);
      assertThat(again.out()).as("%s: %s", where, again).isEqualTo(move.out(itemId, requestId));
      assertThat(bench.movesOf(requestId)).as("%s", where).hasSize(move.movesWhenDone());
    }
    return ended;
  }

  /**
   * Asserts that a command that failed reported the truth: status 5 only if nothing was done, and
   * otherwise an unknown outcome with the request id.
   */
  private static void assertHonest(
      String where, StockCli.Result result, String requestId, int moves) {
    assertThat(result.out()).as("%s: %s", where, result).isEmpty();
    if (result.status() == 5) {
      assertThat(moves).as("%s: %s", where, result).isZero();
    } else {
      assertThat(result.status()).as("%s: %s", where, result).isEqualTo(1);
      assertThat(result.err()).as(where).contains("not known").contains(requestId);
    }
  }

  @Test
  void aBatchPrintsEveryClosing() {
    try (FaultBench bench = FaultBench.onLedger()) {
      bench.newItem(7);
      bench.proxy().resetPoints();
      String commandLine = "run-batch --date 2025-09-19";
      StockCli.Result whole = bench.throughProxy(commandLine);
      assertThat(whole.out())
          .isEqualTo(
              """
              Closing stock of item 101 on 2025-09-19: 100
              Closing stock of item 1001 on 2025-09-19: 7
              """);
      bench.proxy().awaitNoConnection();
      long points = bench.proxy().points();
      int done = 0;
      int askedAgain = 0;
      for (long point = 1; point <= points; point++) {
        for (Map.Entry<String, Action> cut : CUTS.entrySet()) {
          TestDatabase.server().execute(bench.schema(), "DELETE FROM stock_moves_history");
          bench.proxy().resetPoints();
          bench.proxy().when(point(point)).once().then(cut.getValue());
          StockCli.Result result = bench.throughProxy(commandLine);
          bench.proxy().awaitNoConnection();
          bench.proxy().clearRules();
          if (result.status() == 0) {
            done++;
          } else {
            assertThat(result.status()).as("%s", result).isEqualTo(5);
            askedAgain++;
            result = bench.throughProxy(commandLine);
          }
          assertThat(result.out()).isEqualTo(whole.out());
          LedgerInvariants.check(bench.schema());
        }
      }
      TABLE.add(row("run-batch", points, done, askedAgain));
    }
  }

  @Test
  void aSetupIsComplete() {
    try (FaultBench counting = FaultBench.onEmptySchema()) {
      StockCli.Result whole = counting.throughProxy("setup-db");
      assertThat(whole.status()).as("%s", whole).isZero();
      counting.proxy().awaitNoConnection();
      long points = counting.proxy().points();
      int done = 0;
      int askedAgain = 0;
      for (long point = 1; point <= points; point++) {
        for (Map.Entry<String, Action> cut : CUTS.entrySet()) {
          try (FaultBench bench = FaultBench.onEmptySchema()) {
            bench.proxy().when(point(point)).once().then(cut.getValue());
            StockCli.Result result = bench.throughProxy("setup-db");
            bench.proxy().awaitNoConnection();
            if (result.status() == 0) {
              done++;
            } else {
              assertThat(result.status()).as("%s", result).isEqualTo(5);
              askedAgain++;
              assertThat(bench.throughProxy("setup-db").status()).isZero();
            }
            assertThat(bench.direct().line("get-stock --item-id 101").out()).endsWith(": 100\n");
            LedgerInvariants.check(bench.schema());
          }
        }
      }
      TABLE.add(row("setup-db", points, done, askedAgain));
    }
  }

  private static String row(String name, long points, int done, int askedAgain) {
    return String.format(
        "  %-18s %2d points x %d cuts: %2d completed, %2d failed and were run again;"
            + " exactly once: yes",
        name, points, CUTS.size(), done, askedAgain);
  }
}
