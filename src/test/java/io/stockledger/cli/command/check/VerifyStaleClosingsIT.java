package io.stockledger.cli.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Checks that verify expects of each closing the sum that run-batch wrote, however many late moves
 * came before and after that.
 */
class VerifyStaleClosingsIT {
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 19);
  private static final int DAYS = 12;
  private static final long[] ITEMS = {101, 102, 103};

  private final long seed = Long.getLong("stock.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void eachChangedClosingIsNamedWithItsOriginalSum() throws SQLException {
    try (TestLedger ledger = TestLedger.make(ClosingRepository.CONNECTIONS)) {
      makeLedger(ledger);
      expect(ledger, "", 0);
      List<String> findings = wrongClosings(ledger);
      TestDatabase.server()
          .execute(
              ledger.url(),
              "UPDATE stock_moves_history SET sum_stock_increment = sum_stock_increment + 7");
      expect(ledger, String.join("", findings), 4);
    }
  }

  /** If a book_date is wrong, verify adds up all moves that a closing counts. */
  @Test
  void damagedBookDatesHideNoWrongClosing() throws SQLException {
    try (TestLedger ledger = TestLedger.make(ClosingRepository.CONNECTIONS)) {
      makeLedger(ledger);
      List<String> findings = wrongClosings(ledger);
      TestDatabase.server()
          .execute(
              ledger.url(),
              "UPDATE stock_moves SET book_date = date WHERE item_id <> 102",
              "UPDATE stock_moves SET book_date = '2026-01-01' WHERE item_id = 102",
              "UPDATE stock_moves_history SET sum_stock_increment = sum_stock_increment + 7");
      assertThat(
              new StockCli(ledger.url())
                  .line(Server.current().verify("verify"))
                  .out()
                  .lines()
                  .filter(line -> line.startsWith("Invariant 6")))
          .as("seed %d", seed)
          .containsExactlyElementsOf(findings.stream().map(String::strip).toList());
    }
  }

  /** Adds moves on random days and, between them, closes random days. */
  private void makeLedger(TestLedger ledger) {
    ledger.addItem(102);
    ledger.addItem(103);
    StockRepository stock = new StockRepository(ledger.database());
    ClosingRepository closings = new ClosingRepository(ledger.database(), notice -> {});
    for (int i = 0; i < 300; i++) {
      stock.add(
          new MoveRequest(
              ITEMS[random.nextInt(ITEMS.length)],
              1 + random.nextInt(1000),
              day(),
              UUID.randomUUID().toString()));
      if (random.nextInt(10) == 0) {
        closings.close(DaySpan.of(day()), closing -> {});
      }
    }
  }

  private LocalDate day() {
    return FIRST_DAY.plusDays(random.nextInt(DAYS));
  }

  /** Returns the findings that must result from adding 7 to the sum of each closing. */
  private static List<String> wrongClosings(TestLedger ledger) throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Connection connection = TestDatabase.server().connect(ledger.url());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT item_id, date, sum_stock_increment FROM stock_moves_history"
                    + " ORDER BY item_id, date")) {
      while (rows.next()) {
        findings.add(
            "Invariant 6: item %d, %s: sum_stock_increment is %d, expected %d.\n"
                .formatted(
                    rows.getLong(1), rows.getString(2), rows.getLong(3) + 7, rows.getLong(3)));
      }
    }
    assertThat(findings).hasSizeGreaterThan(5);
    return findings;
  }

  private void expect(TestLedger ledger, String out, int status) {
    StockCli.Result result = new StockCli(ledger.url()).line(Server.current().verify("verify"));
    assertThat(result.out()).as("seed %d", seed).isEqualTo(out);
    assertThat(result.status()).as("seed %d", seed).isEqualTo(status);
  }
}
