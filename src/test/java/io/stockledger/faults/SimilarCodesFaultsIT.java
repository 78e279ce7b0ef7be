package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unknown code is refused also if the codes that are like it can't be read. */
class SimilarCodesFaultsIT {
  @TempDir private Path folder;

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

  /** Each code once, and no more than a hundred: a file of another shop has thousands. */
  @Test
  void aFileAsksForSomeOfItsUnknownCodes() throws IOException {
    StringBuilder lines = new StringBuilder("item_code,date,quantity,request_id\n");
    for (int i = 0; i < 150; i++) {
      lines.append("SKAE-%d,2025-09-19,1,a-%d\n".formatted(1_000 + i, i));
      lines.append("SKAE-%d,2025-09-19,1,b-%d\n".formatted(1_000 + i, i));
    }
    Path file = Files.writeString(folder.resolve("lines.csv"), lines);
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy("import " + file).status()).isEqualTo(3);
    assertThat(bench.proxy().recorded()).filteredOn(statement("UNION ALL")).hasSize(100);
  }

  /** Lines are rejected for their own reason when nothing more can be asked, and only once. */
  @Test
  void aFileDoesNotNeedTheSuggestions() throws IOException {
    bench
        .proxy()
        .when(statement("UNION ALL"))
        .then(Actions.answerError(8175, "HY000", "Your query has been cancelled"));
    Path file =
        Files.writeString(
            folder.resolve("lines.csv"),
            """
            item_code,date,quantity,request_id
            SKAE-101,2025-09-19,1,a
            SKAE-102,2025-09-19,1,b
            """);
    bench.proxy().clearRecorded();
    StockCli.Result result = bench.throughProxy("import " + file);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .contains("Line 2: Unknown item SKAE-101. Register it with add-item.\n")
        .contains("Line 3: Unknown item SKAE-102. Register it with add-item.\n");
    assertThat(bench.proxy().recorded()).filteredOn(statement("UNION ALL")).hasSize(1);
  }

  private static StockCli.Result refused(String sentence) {
    return new StockCli.Result(3, "", "stock: Unknown item SKAE-101. " + sentence + "\n");
  }
}
