package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that -v shows each statement with its time, and no value. */
class VerboseIT {
  private final StockCli stock = new StockCli(TestDatabase.server().newSchema());

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
  }

  @Test
  void eachStatementIsShownWithItsTimeAndWithoutItsValues() {
    StockCli.Result result =
        stock.line("add-stock --item-id 101 --quantity 7777 --date 2025-09-20 -v");
    assertThat(result.out())
        .isEqualTo("Successfully added 7777 units to item 101 on 2025-09-20.\n");
    List<String> statements =
        result.err().lines().filter(line -> line.matches(" *[0-9]+\\.[0-9] ms  [A-Z].*")).toList();
    assertThat(statements)
        .as("%s", result)
        .anyMatch(line -> line.contains("ms  SHOW VARIABLES LIKE 'tidb_txn_mode'"))
        .anyMatch(line -> line.contains("INSERT INTO stock_moves"))
        .allMatch(line -> !line.contains("7777"));
  }

  @Test
  void statementsAreNotShownWithoutIt() {
    assertThat(stock.line("get-stock --item-id 101 --date 2025-09-19"))
        .isEqualTo(
            new StockCli.Result(0, "Calculated stock for item 101 on 2025-09-19: 100\n", ""));
  }

  @Test
  void aStatementThatFailsIsShownToo() {
    StockCli elsewhere = new StockCli(TestDatabase.server().newSchema());
    StockCli.Result result = elsewhere.run("-v", "list-items");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).containsPattern("ms {2}SELECT .* FROM items");
  }
}
