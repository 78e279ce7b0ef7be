package io.stockledger.faults;

import static io.stockledger.proxy.Match.point;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.CountInvariants;
import io.stockledger.testing.StockCli;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Counts whose conversation with the server is cut once, at each command that is sent and in each
 * of three ways. The answer must be true, and the same count sent again must be made once.
 */
class CountCutsIT {
  private static final Map<String, Action> CUTS =
      Map.of(
          "before", Actions.cutBeforeExecution(Cut.FIN),
          "after", Actions.cutBeforeAnswer(Cut.RESET),
          "within", Actions.cutInAnswer(Cut.FIN));

  /** A count of an item with 9 units, 4 of which are dated a day later in one case. */
  private enum CountCase {
    LESS("--counted 6", "Counted 6 of item %d: 9 in the ledger, corrected by -3.\n", 1, 1),
    MORE("--counted 12", "Counted 12 of item %d: 9 in the ledger, corrected by +3.\n", 1, 1),
    SAME("--counted 9", "Counted 9 of item %d: 9 in the ledger, as counted.\n", 1, 0),
    AFTER_MOVE(
        "--counted 2 --after-move 1",
        "Counted 2 of item %d: 5 in the ledger, corrected by -3.\n",
        1,
        1),
    SAME_AFTER_MOVE(
        "--counted 5 --after-move 1", "Counted 5 of item %d: 5 in the ledger, as counted.\n", 1, 0),
    /** Two conflicts make the command queue at the item's row. */
    QUEUED("--counted 6", "Counted 6 of item %d: 9 in the ledger, corrected by -3.\n", 1, 1),
    REFUSED(
        "--counted 0 --after-move 2",
        "Failed to count stock: Insufficient stock of item %d. Available: 1, Required: 9.\n",
        0,
        0);

    private final String options;
    private final String out;
    private final int counts;
    private final int moves;

    CountCase(String options, String out, int counts, int moves) {
      this.options = options;
      this.out = out;
      this.counts = counts;
      this.moves = moves;
    }

    long newItem(FaultBench bench) {
      long itemId = bench.newItem(5);
      bench.assertDone("add-stock --item-id " + itemId + " --quantity 4 --date " + FaultBench.DAY);
      if (this == REFUSED) {
        bench.assertDone(
            "remove-stock-atomic --item-id " + itemId + " --quantity 8 --date " + FaultBench.DAY);
      }
      return itemId;
    }

    String commandLine(long itemId, String requestId) {
      return "count-stock --item-id %s %s --date %s --request-id %s"
          .formatted(itemId, options, FaultBench.DAY, requestId);
    }

    void prepare(FaultBench bench) {
      if (this == QUEUED) {
        bench
            .proxy()
            .when(statement("INSERT INTO stock_moves"))
            .times(2)
            .then(Actions.answerError(1062, "23000", "Duplicate entry"));
      }
    }

    String out(long itemId) {
      return out.formatted(itemId);
    }

    int status() {
      return counts == 0 ? 3 : 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCountIsMadeExactlyOnce(CountCase count) {
    try (FaultBench bench = FaultBench.onLedger()) {
      long points = countPoints(bench, count);
      for (long point = 1; point <= points; point++) {
        for (Map.Entry<String, Action> cut : CUTS.entrySet()) {
          checkCut(bench, count, point, cut);
        }
      }
      CountInvariants.check(bench.schema());
      assertThat(bench.direct().run("verify").out()).isEmpty();
    }
  }

  private static long countPoints(FaultBench bench, CountCase count) {
    long itemId = count.newItem(bench);
    bench.proxy().resetPoints();
    count.prepare(bench);
    StockCli.Result result = bench.throughProxy(count.commandLine(itemId, "whole"));
    assertThat(result.out()).as("%s", result).isEqualTo(count.out(itemId));
    assertThat(result.status()).as("%s", result).isEqualTo(count.status());
    bench.proxy().awaitNoConnection();
    return bench.proxy().points();
  }

  private static void checkCut(
      FaultBench bench, CountCase count, long point, Map.Entry<String, Action> cut) {
    long itemId = count.newItem(bench);
    String requestId = "cut-" + cut.getKey() + "-" + point;
    String commandLine = count.commandLine(itemId, requestId);
    String where = count + ", point " + point + ", " + cut.getKey();
    bench.proxy().resetPoints();
    count.prepare(bench);
    Rule rule = bench.proxy().when(point(point)).once().then(cut.getValue());
    StockCli.Result result = bench.throughProxy(commandLine);
    bench.proxy().awaitNoConnection();
    assertThat(rule.timesFired()).as("%s", where).isEqualTo(1);
    bench.proxy().clearRules();

    if (result.status() == count.status()) {
      assertThat(result.out()).as("%s: %s", where, result).isEqualTo(count.out(itemId));
    } else if (result.status() == 5) {
      assertThat(countsOf(bench, requestId)).as("%s: %s", where, result).isEmpty();
      assertThat(bench.movesOf(requestId)).as("%s: %s", where, result).isEmpty();
    } else {
      assertThat(result.status()).as("%s: %s", where, result).isEqualTo(1);
      assertThat(result.err()).as(where).contains("not known").contains(requestId);
    }
    StockCli.Result again = bench.throughProxy(commandLine);
    assertThat(again.out()).as("%s: %s", where, again).isEqualTo(count.out(itemId));
    assertThat(countsOf(bench, requestId)).as("%s", where).hasSize(count.counts);
    assertThat(bench.movesOf(requestId)).as("%s", where).hasSize(count.moves);
  }

  private static List<CountInvariants.Row> countsOf(FaultBench bench, String requestId) {
    return CountInvariants.counts(bench.schema()).stream()
        .filter(count -> count.requestId().equals(requestId))
        .toList();
  }
}
