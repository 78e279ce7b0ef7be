package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Runs the two-day scenario of the proof of concept and compares each line of its output. */
class TwoDayScenarioIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @Test
  void printsExactlyTheExpectedLines() throws SQLException {
    assertThat(stock.line("setup-db").status()).isZero();
    expect(
        "get-stock --item-id 101 --date 2025-09-19",
        0,
        "Calculated stock for item 101 on 2025-09-19: 100\n");
    expect(
        "add-stock --item-id 101 --quantity 25 --date 2025-09-19",
        0,
        "Successfully added 25 units to item 101 on 2025-09-19.\n");
    expect(
        "get-stock --item-id 101 --date 2025-09-19",
        0,
        "Calculated stock for item 101 on 2025-09-19: 125\n");
    expect(
        "remove-stock-check --item-id 101 --quantity 30 --date 2025-09-19",
        0,
        "Successfully removed 30 units from item 101 on 2025-09-19.\n");
    expect(
        "remove-stock-check --item-id 101 --quantity 100 --date 2025-09-19",
        3,
        """
        Current stock is 95. Trying to remove 100.
        Failed to remove stock: Insufficient stock. Available: 95, Required: 100.
        """);
    expect(
        "get-stock --item-id 101 --date 2025-09-19",
        0,
        "Calculated stock for item 101 on 2025-09-19: 95\n");
    expect(
        "remove-stock-atomic --item-id 101 --quantity 15 --date 2025-09-19",
        0,
        "Successfully removed 15 units from item 101 (atomic).\n");
    expect(
        "remove-stock-atomic --item-id 101 --quantity 81 --date 2025-09-19",
        3,
        "Failed to remove stock: Insufficient stock. Available: 80, Required: 81.\n");
    expect(
        "get-stock --item-id 101 --date 2025-09-19",
        0,
        "Calculated stock for item 101 on 2025-09-19: 80\n");
    expect("run-batch --date 2025-09-19", 0, "Closing stock of item 101 on 2025-09-19: 80\n");
    assertThat(closing()).isEqualTo(80);
    expect(
        "get-stock --item-id 101 --date 2025-09-20",
        0,
        "Calculated stock for item 101 on 2025-09-20: 80\n");
    expect(
        "add-stock --item-id 101 --quantity 10 --date 2025-09-20",
        0,
        "Successfully added 10 units to item 101 on 2025-09-20.\n");
    expect(
        "get-stock --item-id 101 --date 2025-09-20",
        0,
        "Calculated stock for item 101 on 2025-09-20: 90\n");
  }

  private void expect(String command, int status, String out) {
    StockCli.Result result = stock.line(command);
    assertThat(result.out()).as("%s%n%s", command, result).isEqualTo(out);
    assertThat(result.status()).as("%s%n%s", command, result).isEqualTo(status);
  }

  private long closing() throws SQLException {
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM stock_moves_history WHERE item_id = 101 AND date = '2025-09-19'")) {
      assertThat(rows.next()).isTrue();
      return rows.getLong("sum_stock_increment");
    }
  }
}
