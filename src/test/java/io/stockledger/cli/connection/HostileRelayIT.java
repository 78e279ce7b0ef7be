package io.stockledger.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.Relay;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs commands against a server that does not answer a statement, once or ever. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HostileRelayIT {
  private static final String IMPATIENT = " --statement-timeout=1 --retry-timeout=1";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
  }

  @Test
  void writeThatIsNotAnsweredAtFirstIsMadeOnce() throws IOException {
    try (Relay relay = new Relay("INSERT INTO stock_moves", 1)) {
      StockCli through = stock.with("STOCK_DB_URL", relay.through(url));
      assertThat(
              through.line("add-stock --item-id=101 --quantity=5 --statement-timeout=1").status())
          .isZero();
    }
    assertThat(stock.line("get-stock --item-id=101").out()).endsWith(": 105\n");
  }

  @Test
  void readThatIsNotAnsweredAtFirstIsSentAgain() throws IOException {
    try (Relay relay = new Relay("LEFT JOIN", 1)) {
      StockCli through = stock.with("STOCK_DB_URL", relay.through(url));
      assertThat(through.line("get-stock --item-id=101 --date=2025-09-19 --statement-timeout=1"))
          .isEqualTo(
              new StockCli.Result(0, "Calculated stock for item 101 on 2025-09-19: 100\n", ""));
    }
  }

  @Test
  void writeThatIsNeverAnsweredIsReportedAsUnknown() throws IOException {
    List<String> before = LedgerDump.of(url);
    String removal =
        "remove-stock-atomic --item-id=101 --quantity=5 --date=2025-09-19 --request-id=ask-again";
    try (Relay relay = new Relay("INSERT INTO stock_moves", Integer.MAX_VALUE)) {
      assertThat(stock.with("STOCK_DB_URL", relay.through(url)).line(removal + IMPATIENT))
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: It is not known whether the move was made: the database did not answer in"
                      + " time (--statement-timeout). Ask again with --request-id ask-again (it is"
                      + " made at most once).\n"));
    }
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    assertThat(stock.line(removal).status()).isZero();
  }

  @Test
  void readThatIsNeverAnsweredNamesTheTimeoutOption() throws IOException {
    try (Relay relay = new Relay("LEFT JOIN", Integer.MAX_VALUE)) {
      assertThat(
              stock
                  .with("STOCK_DB_URL", relay.through(url))
                  .line("get-stock --item-id=101" + IMPATIENT))
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: The database did not answer a statement within 1 s, and may still be at"
                      + " it. Give it more time with --statement-timeout.\n"));
    }
  }
}
