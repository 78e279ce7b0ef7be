package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.Notices;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that bad input of every kind leaves the ledger unchanged. */
class BadInputIT {
  private static final String URL = TestDatabase.server().newSchema();
  private static final StockCli STOCK = new StockCli(URL);
  private static final long BIGINT = Long.MAX_VALUE;

  @BeforeAll
  static void setUp() {
    assertThat(STOCK.run("setup-db").status()).isZero();
  }

  static Stream<String> commands() {
    return Stream.of(
        "add-item --item-id=1 --item-code=A --name=Apple",
        "list-items",
        "add-stock --item-id=101 --quantity=1",
        "get-stock --item-id=101",
        "remove-stock-check --item-id=101 --quantity=1",
        "remove-stock-atomic --item-id=101 --quantity=1",
        "reverse-move --request-id=initial-data",
        "list-moves --item-id=101",
        "list-moves --item-id=101 --limit=1",
        "list-moves --request-id=initial-data",
        "list-stock",
        "daily-summary",
        "daily-summary --output=csv",
        "run-batch",
        "list-closings --date=2025-09-19",
        "export");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add-stock --item-id=999 --quantity=1",
        "remove-stock-check --item-id=999 --quantity=1",
        "remove-stock-atomic --item-id=999 --quantity=1",
        "get-stock --item-id=999",
      })
  void unknownItemIsRefused(String line) {
    expectRefusal(line, "", "Unknown item 999. Register it with add-item.");
  }

  @Test
  void largestItemNumberIsAnUnknownItem() {
    expectRefusal(
        "get-stock --item-id=" + BIGINT,
        "",
        "Unknown item 9223372036854775807. Register it with add-item.");
  }

  @Test
  void stockAboveBigintIsRefused() {
    expectRefusal(
        "add-stock --item-id=101 --date=2025-09-19 --quantity=" + BIGINT,
        "",
        "The stock of item 101 can't be counted above 9223372036854775807 units. Add less.");
  }

  @Test
  void largestQuantityIsComparedWithTheStock() {
    List<String> before = LedgerDump.of(URL);
    assertThat(STOCK.line("remove-stock-check --item-id=101 --quantity=" + BIGINT))
        .isEqualTo(
            new StockCli.Result(
                3,
                """
                Current stock is 100. Trying to remove 9223372036854775807.
                Failed to remove stock: Insufficient stock. Available: 100, Required:\
                 9223372036854775807.
                """,
                ""));
    assertThat(STOCK.line("remove-stock-atomic --item-id=101 --quantity=" + BIGINT))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Failed to remove stock: Insufficient stock. Available: 100, Required:"
                    + " 9223372036854775807.\n",
                ""));
    assertThat(LedgerDump.of(URL)).isEqualTo(before);
  }

  @Test
  void largestQuantityCanBeAddedAndRemoved() {
    StockCli stock = new StockCli(TestDatabase.server().newSchema());
    stock.run("setup-db");
    stock.line("add-item --item-id=9223372036854775807 --item-code=Z --name=Last");
    String move = " --item-id=9223372036854775807 --quantity=" + BIGINT + " --date=2025-09-19";
    assertThat(stock.line("add-stock" + move).status()).isZero();
    assertThat(stock.line("get-stock --item-id=" + BIGINT).out()).endsWith(": " + BIGINT + "\n");
    assertThat(stock.line("run-batch --date=2025-09-19").out())
        .contains("Closing stock of item " + BIGINT + " on 2025-09-19: " + BIGINT + "\n");
    assertThat(stock.line("remove-stock-atomic" + move).status()).isZero();
    assertThat(stock.line("add-stock" + move).status()).isZero();
    assertThat(stock.line("remove-stock-check" + move).status()).isZero();
    assertThat(stock.line("get-stock --item-id=" + BIGINT).out()).endsWith(": 0\n");
  }

  @Test
  void dateOf366DaysAheadIsAccepted() {
    StockCli stock = new StockCli(TestDatabase.server().newSchema());
    stock.run("setup-db");
    String date = LocalDate.now(ZoneId.systemDefault()).plusDays(366).toString();
    for (String command : List.of("add-stock", "remove-stock-check", "remove-stock-atomic")) {
      StockCli.Result result = stock.run(command, "--item-id=101", "--quantity=1", "--date", date);
      assertThat(result.status()).as("%s", result).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"1000-01-01, 0", "2025-09-18, 0", "2025-09-19, 100", "9999-12-31, 100"})
  void stockIsAnsweredForAnyDayOfTheCalendar(String day, long units) {
    assertThat(STOCK.line("get-stock --item-id=101 --date=" + day))
        .isEqualTo(
            new StockCli.Result(
                0, "Calculated stock for item 101 on " + day + ": " + units + "\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"daily-summary", "run-batch"})
  void dayWithoutMovesIsNoError(String command) {
    List<String> before = LedgerDump.of(URL);
    String warning =
        command.equals("run-batch")
            ? "9999-12-31 lies ahead: its closings count the moves made so far. Run the batch again"
                + " when it is over.\n"
            : "";
    assertThat(STOCK.line(command + " --date=9999-12-31"))
        .isEqualTo(
            new StockCli.Result(
                0, "", warning + Notices.ofAggregates() + "No item moved on 9999-12-31.\n"));
    assertThat(LedgerDump.of(URL)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--item-id=101 --item-code=OTHER --name=Other",
        "--item-id=5 --item-code=SAKE-101 --name=Other",
        "--item-id=101 --item-code=SAKE-101 --name=Other",
      })
  void registeredItemIsNotReplacedByAnother(String options) {
    expectRefusal(
        "add-item " + options,
        "",
        "Item 101 is already registered as SAKE-101, 純米大吟醸 720ml. Choose another number and"
            + " code.");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void missingTablesAreReportedWithTheCommandThatCreatesThem(String line) {
    String url = TestDatabase.server().newSchema();
    StockCli.Result result = new StockCli(url).line(line);
    // The servers differ in which of the missing tables their error names.
    assertThat(result.err().replaceFirst("\\.(items|stock_moves)'", ".TABLE'"))
        .endsWith(
            "stock: The ledger's tables are not there (Table '"
                + url.substring(url.lastIndexOf('/') + 1)
                + ".TABLE' doesn't exist). Run setup-db first.\n");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void missingDatabaseIsWrongSettings() {
    for (String line : Stream.concat(commands(), Stream.of("setup-db --reset --yes")).toList()) {
      String url = TestDatabase.server().url() + "no_such_database";
      String address = url.substring("jdbc:mysql://".length());
      assertThat(new StockCli(url).line(line))
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  "stock: Can't connect to the database at "
                      + address
                      + " as "
                      + TestDatabase.server().user()
                      + ": Unknown database 'no_such_database'. Create the database, or name"
                      + " another one in --url.\n"));
    }
  }

  private static void expectRefusal(String line, String out, String sentence) {
    List<String> before = LedgerDump.of(URL);
    assertThat(STOCK.line(line))
        .isEqualTo(new StockCli.Result(3, out, "stock: " + sentence + "\n"));
    assertThat(LedgerDump.of(URL)).isEqualTo(before);
  }
}
