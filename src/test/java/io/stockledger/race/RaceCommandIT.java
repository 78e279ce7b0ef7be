package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stockledger.db.Sql;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code stock race} as an operator sees it. */
class RaceCommandIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String TABLE_IS_THERE =
      """
      SELECT COUNT(*) FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name = '%s'
      """;

  private static final String COUNTED_ITEM_IS_THERE =
      """
      SELECT COUNT(*) FROM race_window WHERE item_id = 2
      """;

  private static final String WAIT_A_LITTLE =
      """
      SELECT SLEEP(0.01)
      """;

  private final Schema schema = new Schema();
  private final StockCli stock = new StockCli(schema.url());

  @TempDir private Path folder;

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void aTableOnStdoutAndALineForEachRunOnStderr() throws SQLException {
    StockCli.Result result =
        stock.line("race --strategy conditional-update --stock 10 --buyers 6,4 --runs 2");
    assertThat(result.status()).as("%s", result).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).split("  +"))
        .containsExactly(
            "strategy",
            "sold",
            "oversold",
            "left",
            "refused",
            "conflicts",
            "per second",
            "p50 ms",
            "p99 ms",
            "max ms",
            "verdict");
    assertThat(lines.get(1))
        .matches(
            "conditional-update +10 +0 +0 +0 +0( +[0-9]+\\.[0-9]){1}( +[0-9]+\\.[0-9]{2}){3}  exact");
    assertThat(result.err())
        .matches(
            """
            Run 1 of 2, conditional-update: exact, sold 10 of 10, [0-9.]+ a second\\.
            Run 2 of 2, conditional-update: exact, sold 10 of 10, [0-9.]+ a second\\.
            """);
    assertThat(schema.tables()).isEmpty();
  }

  @Test
  void theReasonsOfRefusalsAreOnStderr() {
    StockCli.Result result =
        stock.line("race --strategy bookshop --stock 10 --buyers 7,7 --runs 1");
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.err())
        .matches(
            "Run 1 of 1, bookshop: exact, sold 7 of 10, [0-9.]+ a second; 1 refused: not enough"
                + " stock\\.\n");
  }

  @Test
  void jsonAndNothingElseOnStdout() throws IOException {
    StockCli.Result result =
        stock.line(
            "race --json --strategy read-modify-write,conditional-update --stock 10 --buyers 6,4"
                + " --runs 1");
    assertThat(result.status()).as("%s", result).isZero();
    List<String> fields = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(result.out())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          fields.add(parser.currentName());
        } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
          texts.add(parser.getText());
        } else if (parser.currentToken() != JsonToken.START_OBJECT
            && parser.currentToken() != JsonToken.END_OBJECT) {
          assertThat(parser.currentToken().isNumeric()).isTrue();
        }
      }
    }
    List<String> ofOne =
        List.of(
            "strategy",
            "sold",
            "oversold",
            "left",
            "refused",
            "conflicts",
            "per_second",
            "p50_ms",
            "p99_ms",
            "max_ms",
            "verdict");
    assertThat(fields.subList(0, ofOne.size())).isEqualTo(ofOne);
    assertThat(fields.subList(ofOne.size(), fields.size())).isEqualTo(ofOne);
    assertThat(texts).hasSize(4).contains("read-modify-write", "conditional-update", "exact");
  }

  @Test
  void theSameAsCsvAndAsAChart() throws IOException {
    Path csv = folder.resolve("race.csv");
    Path svg = folder.resolve("race.svg");
    StockCli.Result result =
        stock.run(
            "race",
            "--strategy",
            "select-for-update",
            "--stock=20",
            "--threads=2",
            "--runs=1",
            "--csv=" + csv,
            "--svg=" + svg);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(Files.readString(csv))
        .startsWith("strategy,sold,oversold,left,")
        .contains("\r\nselect-for-update,20,0,0,")
        .endsWith(",exact\r\n");
    assertThat(Files.readString(svg))
        .contains(">Stock 20, 2 buyers at once, 1 at a time, runs: 1</text>");
  }

  @Test
  void whatOnlyTidbHasIsLeftOutAndSaid() {
    StockCli.Result result =
        stock.line("race --strategy optimistic-transaction --runs 1 --stock 10 --threads 1");
    assertThat(result.status()).as("%s", result).isZero();
    if (schema.database().isTidb()) {
      assertThat(result.err())
          .matches(
              "Run 1 of 1, optimistic-transaction: exact, sold 10 of 10, [0-9.]+ a second;"
                  + " 1 refused: not enough stock\\.\n");
    } else {
      assertThat(result.err())
          .isEqualTo("optimistic-transaction is left out: this server is not TiDB.\n");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--threads 0 | Invalid value for option '--threads': it must be at least 1.",
        "--threads 2000 | Invalid value for option '--threads': it is above 1024.",
        "--stock none"
            + " | Invalid value for option '--stock': 'none' is not a whole number of at least 1.",
        "--buyers 6,four"
            + " | Invalid value for option '--buyers' (UNITS):"
            + " 'four' is not a whole number of at least 1.",
        "--buyers 6,4 --threads 2 | --buyers stands in place of --threads and --quantity.",
        "--opens-in 2s | --opens-in needs --lasts.",
        "--lasts soon"
            + " | Invalid value for option '--lasts': 'soon' is not a duration."
            + " Use one such as 500ms, 2s, 1m or PT2S.",
        "--lasts 0s | The sale must last longer than nothing.",
        "--csv /nowhere/race.csv"
            + " | Invalid value for option '--csv': can't write '/nowhere/race.csv'.",
      })
  void wrongUsageIsReportedBeforeAnythingRuns(String options, String message) throws SQLException {
    StockCli.Result result = stock.line("race " + options);
    assertThat(result.err()).isEqualTo("stock: " + message + "\nTry 'stock race --help'.\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anUnknownStrategyIsAnsweredWithTheKnownOnes() {
    StockCli.Result result = stock.line("race --strategy guess");
    assertThat(result.err())
        .startsWith(
            "stock: Unknown strategy guess. Known are: all, exact, order, hold, check-then-insert, ")
        .contains("striped-append, bookshop");
    assertThat(result.status()).isEqualTo(2);
  }

  /** More stock is added than the race was told, so that even an exact strategy oversells. */
  @Test
  void aStrategyThatIsNotWhatItShouldBeMakesTheStatusFour() throws Exception {
    CompletableFuture<StockCli.Result> race =
        CompletableFuture.supplyAsync(
            () ->
                stock.line(
                    "race --strategy conditional-update --stock 5 --threads 2 --runs 1"
                        + " --opens-in 1s --lasts 1m"));
    awaitOne(TABLE_IS_THERE.formatted("race_window"));
    awaitOne(COUNTED_ITEM_IS_THERE);
    schema.execute("UPDATE race_stock SET stock = 50 WHERE item_id = 2");
    StockCli.Result result = race.get();
    assertThat(result.err())
        .contains("buyers were told 50, stock gone is 5")
        .endsWith("stock: conditional-update should be exact; it was OVERSOLD.\n");
    assertThat(result.status()).isEqualTo(4);
  }

  /** Starts a race in a process of its own, with stderr in its stdout. */
  private Process startRace(String... options) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.stockledger.Main",
            "race");
    builder.command().addAll(List.of(options));
    builder.environment().put("STOCK_DB_URL", schema.url());
    builder.environment().put("STOCK_DB_USER", TestDatabase.server().user());
    builder.environment().put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    builder.redirectErrorStream(true);
    return builder.start();
  }

  @Test
  void aRaceThatIsStoppedRemovesItsTables() throws Exception {
    Process race =
        startRace(
            "--strategy=conditional-update,select-for-update", "--stock=1000000000", "--threads=4");
    awaitOne(TABLE_IS_THERE.formatted("race_order"));
    // The first order shows that the buyers have begun.
    awaitOne("SELECT COUNT(*) FROM (SELECT 1 FROM race_order WHERE item_id = 2 LIMIT 1) AS one");
    // Process.destroy would close the streams too.
    race.toHandle().destroy();
    String output = new String(race.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(race.waitFor()).as(output).isEqualTo(128 + 15);
    assertThat(schema.tables()).as(output).isEmpty();
  }

  @Test
  void aRaceThatIsStoppedShowsTheRunsThatWereFinished() throws Exception {
    Process race =
        startRace("--strategy=conditional-update", "--stock=20", "--threads=2", "--runs=1000");
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = race.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null) {
        lines.add(line);
        if (line.startsWith("Run 2 of 1000, ")) {
          // Process.destroy would close the streams too.
          race.toHandle().destroy();
        }
        line = output.readLine();
      }
    }
    assertThat(race.waitFor()).as("%s", lines).isEqualTo(128 + 15);
    assertThat(lines).anyMatch(line -> line.matches("conditional-update +20 +0 +0 .* exact"));
    assertThat(lines.get(lines.size() - 1))
        .matches(
            "stock: The race was stopped\\. Runs that were finished: [0-9]+; the tables of the race"
                + " are gone\\.");
    assertThat(schema.tables()).isEmpty();
  }

  @Test
  void anUnsafeStrategyThatWasLuckyIsExactThisTime() {
    // One buyer alone has no rival.
    StockCli.Result result =
        stock.line("race --strategy unguarded-update --stock 5 --threads 1 --runs 1");
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.out()).endsWith("  exact this time\n");
    assertThat(result.err())
        .startsWith("Run 1 of 1, unguarded-update: exact this time, sold 5 of 5");
  }

  private void awaitOne(String question) throws SQLException {
    long begun = System.nanoTime();
    try (Connection connection = schema.connect()) {
      while (Sql.number(connection, question) == 0) {
        assertThat(System.nanoTime() - begun).as(question).isLessThan(LIMIT.toNanos());
        Sql.number(connection, WAIT_A_LITTLE);
      }
    }
  }
}
