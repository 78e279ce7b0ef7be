package io.stockledger.cli.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code verify} on holds that commands made, undamaged and after each kind of damage. */
class VerifyHoldsIT {
  /** Too long for a release whose id is made by a prefix alone. */
  private static final String LONG_ID = "long-" + "x".repeat(59);

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /** An open hold, and two of each outcome: one with a long id. */
  @BeforeEach
  void makeHoldsByCommands() {
    done("setup-db");
    done("add-item --item-id 102 --item-code SAKE-102 --name Sake");
    done("add-stock --item-id 102 --quantity 50 --date 2025-09-19");
    hold("open");
    hold("committed");
    hold("released");
    hold("expired");
    hold(LONG_ID);
    done("commit-hold --request-id committed");
    done("release-hold --request-id released");
    done("release-hold --request-id " + LONG_ID);
    execute("UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6) WHERE request_id = 'expired'");
    done("release-hold --expired");
    done("reverse-move --request-id committed");
    done("add-stock --item-id 101 --quantity 1 --date 2025-09-20 --request-id delivery");
    done("reverse-move --request-id delivery");
  }

  @Test
  void holdsThatCommandsMadeHaveNoFindings() {
    expect("verify", "");
    expect("verify --item-id 102", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM stock_hold_ends WHERE request_id = 'released'"
            + "| hold released is open and has moves of request reverse:released, expected none.",
        "UPDATE stock_hold_ends SET outcome = 'committed' WHERE request_id = 'expired'"
            + "| hold expired is committed and has moves of request reverse:expired, expected none.",
        "UPDATE stock_hold_ends SET outcome = 'expired' WHERE request_id = 'committed'"
            + "| hold committed is expired without the opposite of its moves, expected that of"
            + " request reverse:committed.",
        "INSERT INTO stock_hold_ends VALUES ('open', 'released', UTC_TIMESTAMP(6))"
            + "| hold open is released without the opposite of its moves, expected that of request"
            + " reverse:open.",
        "UPDATE stock_moves SET date = '2025-09-19' WHERE request_id = 'reverse:released'"
            + "| hold released is released without the opposite of its moves, expected that of"
            + " request reverse:released.",
        "UPDATE stock_moves SET request_id = 'other' WHERE request_id = 'reverse:released'"
            + "| hold released is released without the opposite of its moves, expected that of"
            + " request reverse:released.",
        "UPDATE stock_moves SET request_id = 'other' WHERE request_id = 'open'"
            + "| hold open is without moves, expected removals.",
        "DELETE FROM stock_holds WHERE request_id = 'committed'"
            + "| end of hold committed is committed, expected a row in stock_holds.",
        "INSERT INTO stock_holds VALUES ('delivery', UTC_TIMESTAMP(6))"
            + "| hold delivery is of additions too, expected removals only."
            + "\\nInvariant 9: hold delivery is open and has moves of request reverse:delivery,"
            + " expected none.",
      })
  void eachDamageIsNamed(String damage, String finding) {
    execute(damage);
    expect("verify", "Invariant 9: " + finding.replace("\\n", "\n") + "\n");
  }

  @Test
  void theReleaseOfALongIdIsFoundByItsHash() {
    execute("DELETE FROM stock_hold_ends WHERE request_id = '" + LONG_ID + "'");
    assertThat(verify("verify").out())
        .startsWith("Invariant 9: hold " + LONG_ID + " is open and has moves of request reverse.");
  }

  @Test
  void anUnknownOutcomeIsNamed() {
    execute("ALTER TABLE stock_hold_ends DROP CONSTRAINT hold_outcome");
    execute("UPDATE stock_hold_ends SET outcome = 'lost' WHERE request_id = 'committed'");
    expect(
        "verify",
        "Invariant 9: outcome of hold committed is 'lost', expected one of committed, released,"
            + " expired.\n");
    assertThat(stock.line("commit-hold --request-id committed"))
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: A row (request_id committed) is damaged: its outcome is lost, which no"
                    + " command writes. Run verify, which names each damaged row.\n"));
  }

  @Test
  void timesThatAreNoneAreNamed() {
    execute(
        "SET sql_mode = ''; UPDATE stock_holds SET expires_at = '0000-00-00' WHERE request_id ="
            + " 'open'; UPDATE stock_hold_ends SET ended_at = '0000-00-00' WHERE request_id ="
            + " 'committed'");
    expect(
        "verify",
        """
        Invariant 8: ended_at of hold committed is 0000-00-00 00:00:00, expected a time from 1000-01-01 on.
        Invariant 8: expires_at of hold open is 0000-00-00 00:00:00, expected a time from 1000-01-01 on.
        """);
    // A commit does not need the time of an overdue hold.
    assertThat(stock.line("commit-hold --request-id open").status()).isEqualTo(3);
  }

  @Test
  void aFindingOfAHoldHasNoItem() {
    execute("DELETE FROM stock_hold_ends WHERE request_id = 'released'");
    expect(
        "verify --json",
        "{\"invariant\":9,\"item_id\":null,\"move_no\":null,\"date\":null,\"subject\":\"hold"
            + " released\",\"found\":\"open and has moves of request reverse:released\","
            + "\"expected\":\"none\"}\n");
    expect("verify --item-id 101", "");
    assertThat(verify("verify --item-id 102").out()).startsWith("Invariant 9: hold released is ");
  }

  private void hold(String id) {
    done(
        "hold-stock --move 102=2 --move 102=1 --date 2025-09-20 --expires-in 1h --request-id "
            + id);
  }

  private void expect(String line, String out) {
    assertThat(verify(line)).isEqualTo(new StockCli.Result(out.isEmpty() ? 0 : 4, out, ""));
  }

  private StockCli.Result verify(String line) {
    StockCli.Result result = stock.line(Server.current().verify(line));
    return new StockCli.Result(
        result.status(),
        // Servers differ in whether they show the microseconds of such a time.
        result.out().replace("00:00:00.000000", "00:00:00"),
        result.err().replaceAll("(Missing|Stale) closings.*\n", ""));
  }

  private void done(String line) {
    StockCli.Result result = stock.line(line);
    assertThat(result.status()).as("%s: %s", line, result).isZero();
  }

  private void execute(String sql) {
    TestDatabase.server().execute(url, sql.split(";"));
  }
}
