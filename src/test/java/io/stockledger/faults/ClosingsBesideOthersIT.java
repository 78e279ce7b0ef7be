package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks closings that are written while another process moves the item or closes it. */
@Timeout(120)
class ClosingsBesideOthersIT {
  private static final String WRITE = "INSERT INTO stock_moves_history";

  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    LedgerInvariants.check(bench.schema());
    bench.close();
  }

  /** The move that came between is in the sums of the days, not in the stock that was read. */
  @Test
  void aClosingIsWrittenAgainFromTheMovesUpToTheLatestThatWasRead() {
    bench.assertDone("run-batch --date 2025-09-19");
    Rule between =
        bench
            .proxy()
            .when(statement("MAX(move_no) AS last_no"))
            .once()
            .then(
                exchange -> {
                  bench.assertDone("add-stock --item-id 101 --quantity 3 --date 2025-09-21");
                  exchange.reply(exchange.execute());
                });
    StockCli.Result late =
        bench.throughProxy("add-stock --item-id 101 --quantity 7 --date 2025-09-19");
    assertThat(late.status()).as("%s", late).isZero();
    assertThat(between.timesFired()).isEqualTo(1);
    assertThat(closing("sum_stock_increment")).isEqualTo("107");
  }

  /** Else list-closings would show that a closing was written when it was left as it is. */
  @Test
  void aClosingOfMoreMovesKeepsItsTime() throws Exception {
    CountDownLatch writes = new CountDownLatch(1);
    Rule held = bench.proxy().when(statement(WRITE)).once().then(Actions.holdRequest(writes));
    CompletableFuture<StockCli.Result> older =
        CompletableFuture.supplyAsync(() -> bench.throughProxy("run-batch --date 2025-09-19"));
    held.awaitFired(1);
    bench.assertDone("add-stock --item-id 101 --quantity 11 --date 2025-09-19");
    bench.assertDone("run-batch --date 2025-09-19");
    String written = closing("updated_at");
    writes.countDown();
    assertThat(older.get().status()).isZero();
    assertThat(closing("sum_stock_increment")).isEqualTo("111");
    assertThat(closing("updated_at")).isEqualTo(written);
  }

  /** Returns a column of the closing of item 101. */
  private String closing(String column) {
    try (Connection connection = TestDatabase.server().connect(bench.schema());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT " + column + " FROM stock_moves_history WHERE item_id = 101")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
