package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.testing.StockCli;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items take the next number, whatever happens meanwhile. */
class NextNumberFaultsIT {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLostAnswerTakesNoSecondNumber(boolean isExecuted) throws Exception {
    try (FaultBench bench = FaultBench.onLedger()) {
      bench
          .proxy()
          .when(statement("INSERT INTO items"))
          .once()
          .then(
              isExecuted ? Actions.cutBeforeAnswer(Cut.FIN) : Actions.cutBeforeExecution(Cut.FIN));
      StockCli.Result added = bench.throughProxy("add-item --item-code A --name Cup");
      assertThat(added.out()).isEqualTo("Successfully added item 102 (A, Cup).\n");
      // It is this command that registered it.
      assertThat(added.err()).doesNotContain("already registered");
      assertThat(bench.throughProxy("list-items").out())
          .endsWith("\n102\tA\tCup\n")
          .hasLineCount(2);
    }
  }

  /**
   * A number belongs to whoever had it first, and an item that is there keeps the number it has.
   */
  @Test
  void aNumberThatIsTakenMeanwhileIsLeftToTheOther() throws Exception {
    try (FaultBench bench = FaultBench.onLedger()) {
      beside(bench, "add-item --item-code OTHER --name Bowl");
      assertThat(bench.throughProxy("add-item --item-code A --name Cup").out())
          .isEqualTo("Successfully added item 103 (A, Cup).\n");
      bench.proxy().clearRules();
      beside(bench, "add-item --item-id 500 --item-code B --name Cup");
      assertThat(bench.throughProxy("add-item --item-code B --name Cup").out())
          .isEqualTo("Successfully added item 500 (B, Cup).\n");
      assertThat(bench.throughProxy("list-items").out())
          .endsWith("\n102\tOTHER\tBowl\n103\tA\tCup\n500\tB\tCup\n");
    }
  }

  /** Runs another command right after the highest number is read. */
  private static void beside(FaultBench bench, String command) {
    AtomicBoolean isDone = new AtomicBoolean();
    Action action =
        exchange -> {
          var answer = exchange.execute();
          if (isDone.compareAndSet(false, true)) {
            bench.assertDone(command);
          }
          exchange.reply(answer);
        };
    bench.proxy().when(statement("ORDER BY item_id DESC LIMIT 1")).then(action);
  }
}
