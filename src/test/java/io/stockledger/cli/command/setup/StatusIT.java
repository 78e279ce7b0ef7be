package io.stockledger.cli.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code stock status} says of a database. */
class StatusIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @Test
  void aDatabaseWithoutALedgerIsToldByTheStatus() {
    StockCli.Result result = stock.line("status");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("Database: ")
        .endsWith("Ledger: not set up. Run setup-db.\n");
    assertThat(stock.line("status --json").out())
        .startsWith("{\"ok\":false,\"reason\":\"not_set_up\",");
    assertThat(stock.line("setup-db").status()).isZero();
    TestDatabase.server().execute(url, "DROP TABLE stock_moves_history");
    assertThat(stock.line("status").status()).isEqualTo(1);
  }

  @Test
  void aLedgerIsCounted() {
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("status").out())
        .contains("\nItems: 1\nMoves: 1\nHolds: 0 open, 0 overdue\nLast closing: none\n");
    assertThat(stock.line("add-stock --item-id 101 --quantity 5").status()).isZero();
    assertThat(stock.line("add-item --item-id 7 --item-code A --name Apple").status()).isZero();
    assertThat(stock.line("run-batch --date 2025-09-19").status()).isZero();
    for (String hold : List.of("open", "overdue", "ended")) {
      assertThat(
              stock.line("hold-stock --move 101=1 --expires-in 1h --request-id " + hold).status())
          .isZero();
    }
    assertThat(stock.line("commit-hold --request-id ended").status()).isZero();
    TestDatabase.server()
        .execute(
            url, "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6) WHERE request_id <> 'open'");
    StockCli.Result result = stock.line("status");
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(
            "\nLedger: set up\nItems: 2\nMoves: 5\nHolds: 2 open, 1 overdue\n"
                + "Last closing: 2025-09-19\nTiFlash: ");
    assertThat(stock.line("status --json").out())
        .startsWith("{\"ok\":true,\"database\":\"")
        .contains(
            "\"set_up\":true,\"items\":2,\"moves\":5,\"open_holds\":2,\"overdue_holds\":1,"
                + "\"last_closing\":\"2025-09-19\"");
  }

  @Test
  void aServerThatIsNotThereIsStatus5() {
    assertThat(
            StockCli.inEnvironment(Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"))
                .line("status")
                .status())
        .isEqualTo(5);
  }
}
