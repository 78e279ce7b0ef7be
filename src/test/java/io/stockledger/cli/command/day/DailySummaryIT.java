package io.stockledger.cli.command.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The forms of daily-summary. */
class DailySummaryIT {
  private static final String COLUMNS =
      "date,item_id,item_code,name,additions,removals,moves,sum\n";

  private final StockCli stock = new StockCli(TestDatabase.server().newSchema());

  @BeforeEach
  void setUp() {
    done("setup-db");
    assertThat(
            stock
                .run("add-item", "--item-id=7", "--item-code=A,7", "--name=\"Red\" miso, 500 g")
                .status())
        .isZero();
    done("add-stock --item-id 7 --quantity 5 --date 2025-09-20");
    done("add-stock --item-id 7 --quantity 4 --date 2025-09-20");
    done("remove-stock-check --item-id 7 --quantity 9 --date 2025-09-20");
    done("remove-stock-check --item-id 101 --quantity 30 --date 2025-09-20");
    done("add-stock --item-id 101 --quantity 1 --date 2025-09-21");
  }

  @Test
  void textHasTheSums() {
    String text =
        """
        Sum of movements of item 7 on 2025-09-20: 0
        Sum of movements of item 101 on 2025-09-20: -30
        """;
    expect("daily-summary --date 2025-09-20", text, "");
    expect("daily-summary --date 2025-09-20 --output text", text, "");
  }

  @Test
  void jsonHasAnObjectPerLine() {
    expect(
        "daily-summary --date 2025-09-20 --output json",
        "{\"date\":\"2025-09-20\",\"item_id\":7,\"item_code\":\"A,7\","
            + "\"name\":\"\\\"Red\\\" miso, 500 g\","
            + "\"additions\":9,\"removals\":9,\"moves\":3,\"sum\":0}\n"
            + "{\"date\":\"2025-09-20\",\"item_id\":101,\"item_code\":\"SAKE-101\","
            + "\"name\":\"純米大吟醸 720ml\","
            + "\"additions\":0,\"removals\":30,\"moves\":1,\"sum\":-30}\n",
        "");
  }

  @Test
  void csvHasAHeaderAndQuotesWhatNeedsQuotes() {
    expect(
        "daily-summary --date 2025-09-20 --output csv",
        COLUMNS
            + "2025-09-20,7,\"A,7\",\"\"\"Red\"\" miso, 500 g\",9,9,3,0\n"
            + "2025-09-20,101,SAKE-101,純米大吟醸 720ml,0,30,1,-30\n",
        "");
  }

  @Test
  void aDayWithoutMovesHasNoRows() {
    String message = "No item moved on 2025-09-22.\n";
    expect("daily-summary --date 2025-09-22 --output text", "", message);
    expect("daily-summary --date 2025-09-22 --output json", "", message);
    expect("daily-summary --date 2025-09-22 --output csv", COLUMNS, message);
  }

  /** Text shows only what a BIGINT holds, the other forms any number. */
  @Test
  void sumsMayBeAboveBigint() {
    done("add-stock --item-id 7 --quantity 9223372036854775807 --date 2025-09-23");
    done("remove-stock-check --item-id 7 --quantity 9223372036854775807 --date 2025-09-23");
    done("add-stock --item-id 7 --quantity 9223372036854775807 --date 2025-09-23");
    expect(
        "daily-summary --date 2025-09-23",
        "Sum of movements of item 7 on 2025-09-23: 9223372036854775807\n",
        "");
    expect(
        "daily-summary --date 2025-09-23 --output csv",
        COLUMNS
            + "2025-09-23,7,\"A,7\",\"\"\"Red\"\" miso, 500 g\",18446744073709551614,"
            + "9223372036854775807,3,9223372036854775807\n",
        "");
  }

  @Test
  void anotherFormIsWrongUsage() {
    assertThat(stock.line("daily-summary --output xml"))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: Invalid value for option '--output': 'xml' is not a form: text, json or"
                    + " csv; of status also prometheus.\nTry 'stock daily-summary --help'.\n"));
  }

  private void expect(String line, String out, String err) {
    assertThat(stock.line(line).withoutTiflashNotice()).isEqualTo(new StockCli.Result(0, out, err));
  }

  private void done(String commandLine) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }
}
