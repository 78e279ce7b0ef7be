package io.stockledger.cli.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.text.Today;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
            "\nLedger: set up, tables of version 1\nItems: 2\nMoves: 5\nHolds: 2 open, 1 overdue\n"
                + "Last closing: 2025-09-19\nTiFlash: ");
    assertThat(stock.line("status --json").out())
        .startsWith("{\"ok\":true,\"database\":\"")
        .contains(
            "\"set_up\":true,\"schema_version\":1,\"items\":2,\"moves\":5,\"open_holds\":2,\"overdue_holds\":1,"
                + "\"last_closing\":\"2025-09-19\"");
  }

  @Test
  void metricsTellWhatTheLedgerHoldsAndWhatIsDue() {
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("status --output prometheus").out())
        .contains("stock_closings_missing 1.0\n")
        .doesNotContain("stock_last_closing_age_days");
    assertThat(stock.line("run-batch --date 2025-09-19").status()).isZero();
    assertThat(stock.line("add-stock --item-id 101 --quantity 5 --date 2025-09-20").status())
        .isZero();
    assertThat(stock.line("add-stock --item-id 101 --quantity 5 --date today").status()).isZero();
    TestDatabase.server().execute(url, "UPDATE stock_moves_history SET move_no = 0");
    StockCli.Result result = stock.line("status --output prometheus");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out().replaceAll("(?m)^#.*\\R|^stock_tiflash.*\\R", ""))
        .isEqualTo(
            """
            stock_closings_missing 1.0
            stock_closings_stale 1.0
            stock_holds_open 0.0
            stock_holds_overdue 0.0
            stock_items 1.0
            stock_last_closing_age_days %s
            stock_ledger_set_up 1.0
            stock_moves 3.0
            """
                .formatted(
                    (double) ChronoUnit.DAYS.between(LocalDate.parse("2025-09-19"), Today.date())));
    assertThat(result.out())
        .startsWith(
            """
            # HELP stock_closings_missing Closings up to yesterday that run-batch has yet to write.
            # TYPE stock_closings_missing gauge
            """);
  }

  @Test
  @RunsOn(value = Server.TIDB, reason = "only TiDB has TiFlash")
  void metricsTellOfTheCopiesOnTiflash() {
    assertThat(stock.line("setup-db").status()).isZero();
    TestDatabase.server().execute(url, "ALTER TABLE stock_moves SET TIFLASH REPLICA 0");
    assertThat(stock.line("status --output prometheus").out())
        .doesNotContain("table=\"stock_moves\"");
  }

  @Test
  void metricsOfADatabaseWithoutALedgerSaySo() {
    StockCli.Result result = stock.line("status --output prometheus");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("Ledger: not set up. Run setup-db.\n");
    assertThat(result.out()).endsWith("\nstock_ledger_set_up 0.0\n");
  }

  @Test
  void onlyStatusHasMetrics() {
    assertThat(stock.line("setup-db").status()).isZero();
    for (String line : List.of("list-items", "run-batch", "config", "export")) {
      StockCli.Result result = stock.line(line + " --output prometheus");
      assertThat(result.status()).as(line).isEqualTo(2);
      assertThat(result.out()).as(line).isEmpty();
      assertThat(result.err())
          .as(line)
          .startsWith(
              "stock: Only status has the form prometheus. The forms are: text, json or csv.");
    }
  }

  @Test
  void aProbeFailsIfTheLastClosingIsOldAndClosingsAreDue() {
    assertThat(stock.line("setup-db").status()).isZero();
    StockCli.Result none = stock.line("status --max-age 1d");
    assertThat(none.status()).isEqualTo(4);
    assertThat(none.out()).contains("Last closing: none\n");
    assertThat(none.err())
        .isEqualTo(
            "There is no closing yet, and closings of 2025-09-19 and later are due:"
                + " run-batch --catch-up --date yesterday writes them.\n");
    // It is old, but no day after it has moves.
    assertThat(stock.line("run-batch --date 2025-09-19").status()).isZero();
    assertThat(stock.line("status --max-age 1d").status()).isZero();

    LocalDate today = Today.date();
    addOn(today.minusDays(3));
    assertThat(stock.line("status --max-age 3d").status()).isEqualTo(4);
    assertThat(stock.line("status --max-age 4d").status()).isZero();
    assertThat(stock.line("run-batch --date " + today.minusDays(3)).status()).isZero();
    addOn(today.minusDays(1));
    assertThat(stock.line("status --max-age 1d").status()).isEqualTo(4);
    assertThat(stock.line("status --output prometheus --max-age 1d").status()).isEqualTo(4);
    assertThat(stock.line("status --max-age 2d").status()).isZero();
    assertThat(stock.line("status --max-age 3d").status()).isZero();
    assertThat(stock.line("run-batch --date yesterday").status()).isZero();
    // The day that is not over has no closing yet.
    addOn(today);
    assertThat(stock.line("status --max-age 1d").status()).isZero();
    assertThat(stock.line("status --max-age 1").status()).isEqualTo(2);
  }

  private void addOn(LocalDate day) {
    assertThat(stock.line("add-stock --item-id 101 --quantity 1 --date " + day).status()).isZero();
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
