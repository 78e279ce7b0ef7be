package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail of cron means that somebody must act: all is well, so stderr is empty. */
class QuietNightIT {
  private static final String TIME = "(?m)^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

  @TempDir private Path folder;
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void setUp() {
    assertThat(stock.line("setup-db").status()).isZero();
  }

  @Test
  void nothingToDoIsNothingOnStderr() throws IOException {
    Path moves =
        Files.writeString(
            folder.resolve("moves.csv"),
            "item_id,date,quantity,request_id\n101,2025-09-20,-5,order-1\n");
    List<String> nightly =
        List.of(
            "import " + moves,
            "release-hold --expired",
            "run-batch --catch-up --date yesterday",
            "verify",
            "status --max-age 2d");
    nightly.forEach(line -> assertThat(stock.line(line).status()).as(line).isZero());
    for (String line : nightly) {
      StockCli.Result result = stock.line(line);
      assertThat(result.status()).as(line).isZero();
      assertThat(result.err()).as(line).isEmpty();
      if (!line.startsWith("import") && !line.startsWith("status")) {
        assertThat(result.out()).as(line).isEmpty();
      }
    }
  }

  /** It is for the same database, and for the same place: a shell or a command line. */
  @Test
  void theAdviceOfVerifyCanBeCopied() throws IOException {
    assertThat(stock.line("run-batch --date 2025-09-19").status()).isZero();
    TestDatabase.server().execute(url, "UPDATE stock_moves_history SET move_no = 0");
    String advice = "run-batch --catch-up --date 2025-09-19\n";
    assertThat(stock.line("verify").err()).endsWith("To write them: stock " + advice);
    assertThat(stock.runWithInput("verify\n", "shell", "--keep-going").err())
        .contains("\nTo write them: " + advice);
    Files.writeString(folder.resolve(".stock.properties"), "prod.url=" + url + "\n");
    StockCli profiles =
        StockCli.inEnvironment(
                Map.of(
                    "STOCK_DB_USER", TestDatabase.server().user(),
                    "STOCK_DB_PASSWORD", TestDatabase.server().password()))
            .in(folder);
    assertThat(profiles.line("verify --profile prod").err())
        .endsWith("To write them: stock run-batch --profile prod --catch-up --date 2025-09-19\n");
    assertThat(profiles.run("verify", "--url", url, "--user", TestDatabase.server().user()).err())
        .endsWith(
            "To write them: stock run-batch --url %s --user %s --catch-up --date 2025-09-19\n"
                .formatted(url, TestDatabase.server().user()));
    // A URL with properties may have the password of a key store.
    assertThat(profiles.run("verify", "--url", url + "?tcpNoDelay=true").err())
        .endsWith("To write them: stock run-batch --url URL --catch-up --date 2025-09-19\n");
    // The variable is there for the next line too.
    assertThat(profiles.with("STOCK_PROFILE", "prod").line("verify").err())
        .endsWith("To write them: stock " + advice);
  }

  @Test
  void eachLineOfStderrHasItsTimeIfThatIsWanted() {
    assertThat(stock.line("run-batch --date 2025-09-19").status()).isZero();
    assertThat(stock.line("add-stock --item-id 101 --quantity 1 --date 2025-09-19 -v").status())
        .isZero();
    for (String line :
        List.of(
            "add-stock --item-id 101 --quantity 1 --date 2025-09-19 -v",
            "verify --timestamp",
            "get-stock --item-id 999",
            "verify --url jdbc:mysql://127.0.0.1:1/none --debug")) {
      String plain = stock.line(line).err();
      assertThat(plain).as(line).isNotEmpty().doesNotContainPattern(TIME);
      StockCli.Result byOption = stock.line(line + " --timestamps");
      StockCli.Result byVariable = stock.with("STOCK_LOG_TIMESTAMPS", "yes").line(line);
      for (StockCli.Result stamped : List.of(byOption, byVariable)) {
        assertThat(stamped.err().lines()).as(line).allMatch(text -> text.matches(TIME + ".*"));
        assertThat(stamped.out()).doesNotContainPattern(TIME);
      }
    }
    assertThat(stock.with("STOCK_LOG_TIMESTAMPS", "").line("get-stock --item-id 999").err())
        .doesNotContainPattern(TIME);
  }

  @Test
  void theLinesOfAShellHaveTheirTimeToo() {
    StockCli.Result result =
        stock.runWithInput(
            "get-stock --item-id 999\nget-stok\nget-stock --item-id 101 \"\n",
            "shell",
            "--keep-going",
            "--timestamps");
    assertThat(result.err().lines())
        .hasSizeGreaterThan(3)
        .allMatch(text -> text.matches(TIME + ".*"));
  }

  /** A program finds a failure by the brace at the beginning of its line. */
  @Test
  void aFailureInJsonStaysAnObject() {
    assertThat(stock.line("get-stok --json --timestamps").err()).startsWith("{\"error\":\"usage\"");
  }
}
