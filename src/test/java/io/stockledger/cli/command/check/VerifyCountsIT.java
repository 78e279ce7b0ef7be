package io.stockledger.cli.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code verify} on counts that do not agree with the moves, or that no command makes. */
class VerifyCountsIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /**
   * Count {@code less} has a move, count {@code same} has none; both were made of an earlier day.
   */
  @BeforeEach
  void makeLedger() {
    run("setup-db --no-initial-data");
    run("add-item --item-id 101 --item-code A --name A");
    run("add-item --item-id 102 --item-code B --name B");
    run("add-stock --item-id 101 --quantity 50 --date 2025-09-19");
    run("add-stock --item-id 101 --quantity 7 --date 2025-09-21");
    run("count-stock --item-id 101 --counted 48 --date 2025-09-20 --request-id less");
    run("count-stock --item-id 101 --counted 48 --date 2025-09-20 --request-id same");
    run("count-stock --item-id 102 --counted 0 --date 2025-09-20 --request-id none");
    run("remove-stock-atomic --item-id 101 --quantity 9 --date 2025-09-20");
  }

  private void run(String line) {
    StockCli.Result result = stock.line(line);
    assertThat(result.status()).as("%s: %s", line, result).isZero();
  }

  private StockCli.Result verify(String options) {
    return stock.line(Server.current().verify("verify" + options));
  }

  @Test
  void countsThatAgreeAreNoFinding() {
    assertThat(verify("").out()).isEmpty();
    assertThat(verify(" --item-id 101").out()).isEmpty();
    // The id of a count without a difference is that of a move, which no command looks for.
    run("add-stock --item-id 101 --quantity 1 --date 2025-09-20 --request-id same");
    assertThat(verify("").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ledger_stock = 51, counted = 49 WHERE request_id = 'less'"
            + "|10: item 101: ledger_stock of count less is 51, expected 50",
        "move_no = 3, ledger_stock = 48, counted = 46 WHERE request_id = 'less'"
            + "|10: item 101: move_no of count less is 3, expected below 3, that of the correction",
        "move_no = 1 WHERE request_id = 'same'"
            + "|10: item 101: ledger_stock of count same is 48, expected 50",
        "move_no = 9 WHERE request_id = 'same'"
            + "|10: item 101: move_no of count same is 9, expected the number of a move",
        "move_no = 0 WHERE request_id = 'same'"
            + "|10: item 101: ledger_stock of count same is 48, expected 0",
        "counted = 47 WHERE request_id = 'same'"
            + "|10: item 101: correction of count same is no move, expected -1 of item 101 on"
            + " 2025-09-20",
        "counted = 52 WHERE request_id = 'less'"
            + "|10: item 101: correction of count less is -2 of item 101 on 2025-09-20, expected +2 of"
            + " item 101 on 2025-09-20",
        "date = '2025-09-19' WHERE request_id = 'less'"
            + "|10: item 101: correction of count less is -2 of item 101 on 2025-09-20, expected -2 of"
            + " item 101 on 2025-09-19",
        "counted = -1, ledger_stock = -1, move_no = 0 WHERE request_id = 'same'"
            + "|10: item 101: ledger_stock of count same is -1, expected 0"
            + "!8: item 101: counted of count same is -1, expected at least 0",
        "move_given = 2 WHERE request_id = 'same'"
            + "|8: item 101: move_given of count same is 2, expected 0 or 1",
        "request_id = 'a b' WHERE request_id = 'same'"
            + "|8: item 101: request_id of count a b is a b, expected 1 to 64 of the letters A-Z and"
            + " a-z, digits and . _ : -",
        "item_id = 999 WHERE request_id = 'none'"
            + "|10: item 999: item_id of count none is not registered, expected a row in items",
      })
  void aCountThatDoesNotAgreeIsNamed(String change, String findings) {
    TestDatabase.server().execute(url, "UPDATE stock_counts SET " + change);
    StockCli.Result result = verify("");
    assertThat(result.status()).as("%s", result).isEqualTo(4);
    String[] lines = findings.split("!", -1);
    StringBuilder expected = new StringBuilder();
    for (int i = lines.length - 1; i >= 0; i--) {
      expected.append("Invariant ").append(lines[i]).append(".\n");
    }
    assertThat(result.out()).isEqualTo(expected.toString());
    if (!findings.contains("999")) {
      assertThat(verify(" --item-id 101").out()).isEqualTo(expected.toString());
      assertThat(verify(" --item-id 102").out()).isEmpty();
    }
  }

  @Test
  void aMoveOfACountThatIsNotItsCorrectionIsNamed() {
    TestDatabase.server()
        .execute(url, "UPDATE stock_moves SET line_count = 2 WHERE request_id = 'less'");
    assertThat(verify("").out())
        .contains(
            "Invariant 10: item 101: correction of count less is -2 of item 101 on 2025-09-20, a line"
                + " of 2, expected -2 of item 101 on 2025-09-20.\n");
  }

  @Test
  void pagesOfCountsAreCheckedToTheEnd() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 2_500; i++) {
      rows.append(i == 0 ? "" : ", ")
          .append(
              "('page-%04d', 102, '2025-09-20', 0, %s, 0, 0)".formatted(i, i % 1_200 == 7 ? 1 : 0));
    }
    TestDatabase.server()
        .execute(
            url,
            "INSERT INTO stock_counts"
                + " (request_id, item_id, date, counted, ledger_stock, move_no, move_given) VALUES "
                + rows);
    assertThat(verify("").out().lines().filter(line -> line.contains("ledger_stock"))).hasSize(3);
  }
}
