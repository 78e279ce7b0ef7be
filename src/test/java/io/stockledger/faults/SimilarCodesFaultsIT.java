package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.testing.StockCli;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An unknown code is refused also if the codes that are like it can't be read. */
class SimilarCodesFaultsIT {
  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theRefusalDoesNotNeedTheSuggestion() {
    String line = "get-stock --item-code SKAE-101";
    assertThat(bench.throughProxy(line)).isEqualTo(refused("Did you mean SAKE-101?"));
    bench
        .proxy()
        .when(statement("UNION ALL"))
        .then(Actions.answerError(8175, "HY000", "Your query has been cancelled"));
    assertThat(bench.throughProxy(line)).isEqualTo(refused("Register it with add-item."));
  }

  private static StockCli.Result refused(String sentence) {
    return new StockCli.Result(3, "", "stock: Unknown item SKAE-101. " + sentence + "\n");
  }
}
