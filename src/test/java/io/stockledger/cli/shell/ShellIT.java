package io.stockledger.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.output.Terminal;
import io.stockledger.testing.FlakyHost;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many commands through one {@code stock shell}. */
class ShellIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  private static final String TWO_DAYS =
      """
      setup-db
      get-stock --item-id 101 --date 2025-09-19
      add-stock --item-id 101 --quantity 25 --date 2025-09-19
      remove-stock-check --item-id 101 --quantity 30 --date 2025-09-19
      remove-stock-check --item-id 101 --quantity 100 --date 2025-09-19
      remove-stock-atomic --item-id 101 --quantity 15 --date 2025-09-19   # the last sale
      stock run-batch --date 2025-09-19
      get-stock --item-id 101 --date '2025-09-20'
      """;

  @Test
  void printsWhatTheSingleCommandsPrint() {
    StringBuilder out = new StringBuilder();
    for (String line : TWO_DAYS.lines().toList()) {
      String words = line.replaceAll(" +#.*|'|^stock ", "");
      out.append(stock.line(words).out());
    }
    String second = TestDatabase.server().newSchema();
    StockCli.Result result = new StockCli(second).runWithInput(TWO_DAYS, "shell", "--keep-going");
    assertThat(result.out().replace(second.replace("jdbc:mysql://", ""), "DATABASE"))
        .isEqualTo(out.toString().replace(url.replace("jdbc:mysql://", ""), "DATABASE"))
        .contains("2025-09-20: 80");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("stock: stdin:5: the command ended with status 3.\n");
    assertThat(stock.line("list-moves --item-id 101").out().lines()).hasSize(4);
  }

  @Test
  void stopsAtARefusal() {
    StockCli.Result result = stock.runWithInput(TWO_DAYS, "shell");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).endsWith("Insufficient stock. Available: 95, Required: 100.\n");
    assertThat(result.err())
        .endsWith("stock: stdin:5: the command ended with status 3; stopped.\n");
  }

  /** As a program drives it: a line in, its answer out, over one connection that may be lost. */
  @Test
  void aProgramDrivesItLineByLine() throws Exception {
    assertThat(stock.line("setup-db").status()).isZero();
    try (FlakyHost host = new FlakyHost();
        Driver driver = new Driver(host)) {
      assertThat(driver.answer("get-stock --item-id 101 --date 2025-09-19"))
          .isEqualTo("Calculated stock for item 101 on 2025-09-19: 100");
      assertThat(driver.answer("remove-stock-atomic --item-id 101 --quantity 5 --date 2025-09-19"))
          .isEqualTo("Successfully removed 5 units from item 101 (atomic).");
      assertThat(driver.answer("run-batch --date 2025-09-19"))
          .isEqualTo("Closing stock of item 101 on 2025-09-19: 95");
      assertThat(host.accepted()).as("connections").isEqualTo(1);

      host.cut();
      assertThat(driver.answer("remove-stock-atomic --item-id 101 --quantity 5 --date 2025-09-19"))
          .isEqualTo("Successfully removed 5 units from item 101 (atomic).");
      assertThat(driver.answer("list-items")).startsWith("101\t");
      assertThat(driver.end()).isZero();
    }
    assertThat(stock.line("get-stock --item-id 101 --date 2025-09-19").out()).endsWith(": 90\n");
  }

  /** A shell in a thread of its own, with pipes for stdin and stdout. */
  private final class Driver implements AutoCloseable {
    private final PipedOutputStream stdin = new PipedOutputStream();
    private final BufferedReader stdout;
    private final CompletableFuture<Integer> status;

    Driver(FlakyHost host) throws IOException {
      PipedInputStream out = new PipedInputStream();
      stdout = new BufferedReader(new InputStreamReader(out, UTF_8));
      Terminal terminal =
          new Terminal(
              new PipedInputStream(stdin),
              new PipedOutputStream(out),
              OutputStream.nullOutputStream());
      Map<String, String> environment =
          Map.of(
              "STOCK_DB_URL", "jdbc:mysql://" + host.address() + "/" + url.replaceAll(".*/", ""),
              "STOCK_DB_USER", TestDatabase.server().user(),
              "STOCK_DB_PASSWORD", TestDatabase.server().password());
      status =
          CompletableFuture.supplyAsync(() -> StockCommand.execute(terminal, environment, "shell"));
    }

    String answer(String line) throws IOException {
      stdin.write((line + "\n").getBytes(UTF_8));
      stdin.flush();
      return stdout.readLine();
    }

    int end() throws Exception {
      stdin.close();
      return status.get(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() throws IOException {
      stdin.close();
      stdout.close();
    }
  }

  @Test
  void resetAsksNothingOfTheScript() {
    StockCli.Result result = stock.runWithInput("setup-db\nsetup-db --reset\nyes\n", "shell");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("stock: Nothing was changed.\n").contains("stdin:2");
    assertThat(stock.runWithInput("setup-db --reset --yes", "shell").status()).isZero();
  }
}
