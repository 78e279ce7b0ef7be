package io.stockledger.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stockledger.Main;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs of docs/examples/stream. */
@Timeout(300)
class StreamExamplesIT {
  private static final Path EXAMPLES = Path.of("docs/examples/stream");

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void makeALedger() {
    assertThat(stock.line("setup-db").status()).isZero();
  }

  private static void assumeThereIs(String tool) throws IOException, InterruptedException {
    boolean isThere =
        new ProcessBuilder("bash", "-c", "command -v " + tool)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
    assumeTrue(isThere, "needs " + tool);
  }

  /** A stock command that a program can start, which is killed the first times. */
  private Path command(int kills) throws IOException {
    Path command = folder.resolve("stock");
    Files.writeString(
        command,
        """
        #!/usr/bin/env bash
        echo run >>%1$s/runs
        if (($(wc -l <%1$s/runs) <= %2$d)); then
          # Killed when the first answers are out.
          %3$s -XX:TieredStopAtLevel=1 -Xmx64m -cp '%4$s' %5$s "$@" > >(head -n 20) &
          wait "$!"
          exit 137
        fi
        exec %3$s -XX:TieredStopAtLevel=1 -Xmx64m -cp '%4$s' %5$s "$@"
        """
            .formatted(
                folder,
                kills,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    assertThat(command.toFile().setExecutable(true)).isTrue();
    return command;
  }

  private String run(Path input, String... words) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    environment.put("STOCK_DB_URL", url);
    environment.put("STOCK_DB_USER", TestDatabase.server().user());
    environment.put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    assertThat(builder.start().waitFor()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  @Test
  void theTillAsksAgainAfterACut() throws Exception {
    assumeThereIs("python3");
    Path requests = folder.resolve("requests");
    Files.write(
        requests, IntStream.range(0, 90).mapToObj(i -> SocketUser.removal("o-" + i)).toList());
    List<String> answers =
        run(
                requests,
                "python3",
                EXAMPLES.resolve("till.py").toString(),
                command(1).toString(),
                "stream")
            .lines()
            .toList();
    assertThat(answers).hasSize(90);
    for (int i = 0; i < 90; i++) {
      assertThat(answers.get(i)).contains("\"ok\": true", "\"o-" + i + "\"");
    }
    assertThat(Files.readAllLines(folder.resolve("runs"))).hasSize(2);
    assertThat(stock.line("get-stock --item-id 101 --quiet").out()).isEqualTo("10\n");
    LedgerInvariants.check(url);
  }

  @Test
  void theOrdersOfAFileAreTakenOnce() throws Exception {
    assumeThereIs("jq");
    Path orders = folder.resolve("orders");
    List<String> lines =
        new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> "o-" + i + " 101 1").toList());
    lines.add("o-large 101 1000");
    lines.add("o-none 999 1");
    Files.write(orders, lines);
    String output =
        run(
            Path.of("/dev/null"),
            "bash",
            EXAMPLES.resolve("orders.sh").toString(),
            orders.toString(),
            command(1).toString(),
            "stream");
    assertThat(output.lines())
        .hasSize(62)
        .contains("o-0 taken", "o-59 taken", "o-large insufficient_stock", "o-none unknown_item");
    assertThat(Files.readAllLines(folder.resolve("runs"))).hasSize(2);
    assertThat(stock.line("get-stock --item-id 101 --quiet").out()).isEqualTo("40\n");
    LedgerInvariants.check(url);
  }

  @Test
  void aFlashSaleOf200ClientsSellsWhatIsThereAndNoMore() throws Exception {
    assumeThereIs("python3");
    assertThat(stock.line("add-stock --item-id 101 --quantity 900").status()).isZero();
    Path ofSocket = Files.createTempDirectory("st");
    Path socket = ofSocket.resolve("s");
    try (StreamProcess stream = StreamProcess.serve(url, socket)) {
      assertThat(
              run(
                  Path.of("/dev/null"),
                  "python3",
                  EXAMPLES.resolve("flash_sale.py").toString(),
                  socket.toString(),
                  "101",
                  "200",
                  "sale"))
          .isEqualTo("Sold 1000 units to 200 clients.\n");
      stream.terminate();
      stream.status();
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(ofSocket);
    }
    assertThat(stock.line("get-stock --item-id 101 --quiet").out()).isEqualTo("0\n");
    LedgerInvariants.check(url);
  }
}
