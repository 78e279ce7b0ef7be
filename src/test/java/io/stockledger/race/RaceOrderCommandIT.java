package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code stock race --strategy order} as an operator sees it. */
class RaceOrderCommandIT {
  private final Schema schema = new Schema();
  private final StockCli stock = new StockCli(schema.url());

  @TempDir private Path folder;

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void ordersOfSeveralItemsHaveAColumnOfHalves() {
    StockCli.Result result =
        stock.line(
            "race --strategy order-select-for-update --items 3 --lines 3 --stock 10 --threads 4"
                + " --runs 1");
    assertThat(result.status()).as("%s", result).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines.get(0)).startsWith("strategy                 sold  oversold  halves  left  ");
    assertThat(lines.get(1)).startsWith("order-select-for-update    30         0       0     0  ");
    assertThat(result.err())
        .matches(
            "Run 1 of 1, order-select-for-update: exact, sold 30 of 30, [0-9.]+ a second;"
                + " [1-4] refused: not enough stock\\.\n");
  }

  /** With one buyer nothing depends on luck: the buyer is refused once. */
  @Test
  void halvesAreToldAndAreNoFindingOfAStrategyThatLeavesThem() {
    StockCli.Result result =
        stock.line(
            "race --json --strategy order-check-then-insert --stock 5 --threads 1 --runs 1"
                + " --items 10 --lines 3");
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.out())
        .startsWith(
            "{\"strategy\":\"order-check-then-insert\",\"sold\":15,\"oversold\":0,\"halves\":1,");
    assertThat(result.err())
        .contains("order-check-then-insert: HALVES, sold 15 of 50")
        .contains("; 1 refused: not enough stock; halves: 1; but buyers were told ");
  }

  @Test
  void theChartOfOrdersSaysWhatTheOrdersAre() throws IOException {
    Path svg = folder.resolve("orders.svg");
    StockCli.Result result =
        stock.line(
            "race --strategy order-conditional-update --stock 5 --threads 2 --runs 1 --svg " + svg);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(Files.readString(svg))
        .contains(
            ">Stock 5, 2 buyers at once, 1 at a time, orders of 3 of 50 items, runs: 1</text>");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--items 5"
            + " | --items and --lines are for the strategies that sell orders, as --strategy order"
            + " does.",
        "--strategy exact --lines 2"
            + " | --items and --lines are for the strategies that sell orders, as --strategy order"
            + " does.",
        "--strategy order --items 2" + " | An order can't have more lines than there are items.",
        "--strategy order --items 10001"
            + " | Invalid value for option '--items': it is above 10000.",
        "--strategy order --lines 101 | Invalid value for option '--lines': it is above 100.",
        "--strategy order --stock 200001"
            + " | order-skip-locked has a row for each unit: --stock times --items can't be above"
            + " 10000000.",
      })
  void wrongUsageIsReportedBeforeAnythingRuns(String options, String message) {
    StockCli.Result result = stock.line("race " + options);
    assertThat(result.err()).isEqualTo("stock: " + message + "\nTry 'stock race --help'.\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }
}
