package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.DatabaseUnreachableException;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.db.OutcomeUnknownException;
import io.stockledger.db.RetryPolicy;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.StockRepository;
import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.Relay;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that takes a statement and never answers it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HostileRelayIT {
  /** As the commands', but for one more try only: what the commands say takes them a minute. */
  private static final RetryPolicy TWO_TRIES =
      new RetryPolicy(
          2,
          Duration.ofSeconds(60),
          Duration.ofMillis(1),
          Duration.ofMillis(1),
          Duration.ofMillis(1),
          Duration.ofMillis(1));

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
  }

  @Test
  void writeThatIsNotAnsweredOnceIsMadeOnce() throws IOException {
    try (Relay relay = new Relay("INSERT INTO stock_moves", 1)) {
      StockCli through = stock.with("STOCK_DB_URL", relay.through(url));
      assertThat(
              through.line("add-stock --item-id=101 --quantity=5 --statement-timeout=1").status())
          .isZero();
    }
    assertThat(stock.line("get-stock --item-id=101").out()).endsWith(": 105\n");
  }

  @Test
  void readThatIsNotAnsweredOnceIsAskedAgain() throws IOException {
    try (Relay relay = new Relay("LEFT JOIN", 1)) {
      StockCli through = stock.with("STOCK_DB_URL", relay.through(url));
      assertThat(through.line("get-stock --item-id=101 --date=2025-09-19 --statement-timeout=1"))
          .isEqualTo(
              new StockCli.Result(0, "Calculated stock for item 101 on 2025-09-19: 100\n", ""));
    }
  }

  @Test
  void writeThatIsNeverAnsweredIsNeitherDoneNorNotDone() throws IOException {
    List<String> before = LedgerDump.of(url);
    try (Relay relay = new Relay("INSERT INTO stock_moves", Integer.MAX_VALUE);
        Database database = Database.open(settings(relay), 1)) {
      StockRepository repository = new StockRepository(database, LedgerTables.ledger(), TWO_TRIES);
      MoveRequest move = new MoveRequest(101, 5, LocalDate.of(2025, 9, 19), "ask-again");
      assertThatThrownBy(() -> repository.removeAtomic(move))
          .isInstanceOf(OutcomeUnknownException.class)
          .satisfies(
              error ->
                  expectReport(
                      (Exception) error,
                      1,
                      "stock: It is not known whether the move was made: the connection was lost."
                          + " Ask again with --request-id ask-again (it is made at most once).\n"));
    }
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    assertThat(
            stock
                .line(
                    "remove-stock-atomic --item-id=101 --quantity=5 --date=2025-09-19"
                        + " --request-id=ask-again")
                .status())
        .isZero();
  }

  @Test
  void readThatIsNeverAnsweredIsADatabaseOutOfReach() throws IOException {
    try (Relay relay = new Relay("LEFT JOIN", Integer.MAX_VALUE);
        Database database = Database.open(settings(relay), 1)) {
      StockRepository repository = new StockRepository(database, LedgerTables.ledger(), TWO_TRIES);
      assertThatThrownBy(() -> repository.stockAt(101, LocalDate.of(2025, 9, 19)))
          .isInstanceOf(DatabaseUnreachableException.class)
          .satisfies(
              error -> {
                String report = report((Exception) error, 5);
                assertThat(report)
                    .startsWith(
                        "stock: The connection to the database was lost: Communications link"
                            + " failure")
                    .hasLineCount(1)
                    .doesNotContain("\\u000a");
              });
    }
  }

  private static ConnectionSettings settings(Relay relay, String url) {
    return new ConnectionSettings(
        DatabaseUrl.parse(relay.through(url)),
        TestDatabase.server().user(),
        TestDatabase.server().password(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1));
  }

  private ConnectionSettings settings(Relay relay) {
    return settings(relay, url);
  }

  private static void expectReport(Exception error, int status, String sentence) {
    assertThat(report(error, status)).isEqualTo(sentence);
  }

  private static String report(Exception error, int status) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), err);
    assertThat(new ErrorHandler(terminal).report(error, false)).isEqualTo(status);
    return err.toString(StandardCharsets.UTF_8);
  }
}
