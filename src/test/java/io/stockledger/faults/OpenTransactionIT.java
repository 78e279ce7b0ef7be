package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What was written counts only if the server says that no transaction is open, whatever was sent: a
 * move that is acknowledged within an open transaction is gone when the session ends.
 */
class OpenTransactionIT {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    bench.close();
  }

  /** As with completion_type = CHAIN: the COMMIT of the queue begins the next transaction. */
  @Test
  void movesAfterAChainedCommitAreThere() {
    bench
        .proxy()
        .when(statement("INSERT INTO stock_moves"))
        .once()
        .then(Actions.answerError(1205, "HY000", "Lock wait timeout exceeded"));
    Rule chained =
        bench
            .proxy()
            .when(statement("BEGIN"))
            .once()
            .then(Actions.rewrite(text -> text.replaceFirst("COMMIT$", "COMMIT AND CHAIN")));
    try (Database database = open()) {
      assertThat(new StockRepository(database).add(request("chained", 5))).isFalse();
      StockRepository second = new StockRepository(database);
      assertThat(second.add(request("after-1", 6))).isFalse();
      assertThat(second.removeChecked(request("after-2", 7))).isEqualTo(new Removal.Removed(false));
    }
    assertThat(chained.timesFired()).isEqualTo(1);
    assertThat(bench.movesOf("chained")).hasSize(1);
    assertThat(bench.movesOf("after-1")).hasSize(1);
    assertThat(bench.movesOf("after-2")).hasSize(1);
    LedgerInvariants.check(bench.schema());
  }

  /** As if the session were not in autocommit: the move is written, and nothing commits it. */
  @Test
  void aMoveThatNothingCommittedIsMadeAgain() {
    Rule opened =
        bench
            .proxy()
            .when(statement("INSERT INTO stock_moves"))
            .once()
            .then(Actions.rewrite(text -> "/* in a transaction */ BEGIN; " + text));
    StockCli.Result added =
        bench.throughProxy("add-stock --item-id 101 --quantity 5 --date 2025-09-19");
    assertThat(added)
        .isEqualTo(
            new StockCli.Result(0, "Successfully added 5 units to item 101 on 2025-09-19.\n", ""));
    assertThat(opened.timesFired()).isEqualTo(1);
    assertThat(bench.direct().line("get-stock --item-id 101").out()).endsWith(": 105\n");
  }

  private static MoveRequest request(String requestId, long quantity) {
    return new MoveRequest(101, quantity, DAY, requestId);
  }

  private Database open() {
    Duration limit = Duration.ofSeconds(10);
    return Database.open(
        new ConnectionSettings(
            DatabaseUrl.parse(bench.proxy().url(bench.schema())),
            TestDatabase.server().user(),
            TestDatabase.server().password(),
            limit,
            limit,
            limit),
        1);
  }
}
