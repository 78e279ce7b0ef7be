package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Recorded;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Catch-ups that meet errors and late moves: what one leaves, the next one writes, and a move that
 * is made while one runs is counted.
 */
class CatchUpFaultsIT {
  private static final String CATCH_UP = "run-batch --catch-up --date 2025-09-25";
  private static final long FIRST_ITEM = 1_001;

  /** With item 101 they are two chunks, of 2,000 closings and of 1,000. */
  private static final int ITEMS = 2_999;

  private static final Predicate<Recorded> WRITE = statement("INSERT INTO stock_moves_history");

  private static final Predicate<Recorded> READ =
      statement("SELECT").and(recorded -> recorded.text().contains("closing_no"));

  private final FaultBench bench = FaultBench.onLedger();

  /** Every item moved on the 19th and the 25th; only the 25th is closed. Item 101 has +100. */
  @BeforeEach
  void makeLedger() {
    bench.assertDone("add-stock --item-id 101 --quantity 1 --date 2025-09-25");
    String moves =
        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after,"
            + " book_date, request_id) VALUES ";
    TestDatabase.server()
        .execute(
            bench.schema(),
            rows(
                "INSERT INTO items (item_id, item_code, code_identity, name) VALUES ",
                "(%1$d, 'C-%1$d', 'c-%1$d', 'I')"),
            rows(moves, "(%1$d, 5, '2025-09-19', 1, 5, '2025-09-19', 'a-%1$d')"),
            rows(moves, "(%1$d, 1, '2025-09-25', 2, 6, '2025-09-25', 'b-%1$d')"));
    bench.assertDone("run-batch --date 2025-09-25");
  }

  private static String rows(String insert, String row) {
    return LongStream.range(FIRST_ITEM, FIRST_ITEM + ITEMS)
        .mapToObj(row::formatted)
        .collect(Collectors.joining(", ", insert, ""));
  }

  @AfterEach
  void close() {
    LedgerInvariants.check(bench.schema());
    bench.close();
  }

  @Test
  void theNextOneWritesWhatAStoppedOneLeft() {
    bench
        .proxy()
        .when(WRITE.and(write -> write.text().contains("VALUES (" + (FIRST_ITEM + 1_999) + ",")))
        .then(Actions.answerError(1290, "HY000", "running with the --read-only option"));
    StockCli.Result stopped = bench.throughProxyImpatiently(CATCH_UP).withoutTiflashNotice();
    bench.proxy().clearRules();
    assertThat(stopped)
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: Closed the items up to 2999; run the batch again to complete it. The"
                    + " database is read-only: running with the --read-only option\n"));
    assertThat(bench.throughProxy(CATCH_UP).withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(0, "Closed 2025-09-19: items 1000, moves 1000, units 5000\n", ""));
    assertNothingIsDue();
  }

  @Test
  void goesOnAfterALostRead() {
    Rule lost = bench.proxy().when(READ).times(2).then(Actions.cutInAnswer(Cut.FIN));
    assertThat(bench.throughProxy(CATCH_UP).withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(0, "Closed 2025-09-19: items 3000, moves 3000, units 15095\n", ""));
    assertThat(lost.timesFired()).isEqualTo(2);
    assertNothingIsDue();
  }

  /**
   * The catch-up has read and not yet written. The commands of the late moves find no closing of
   * their days to write anew, so the catch-up must: for the day that it writes, for a day after it
   * that is closed, and for days without a closing.
   */
  @Test
  void countsLateMovesThatAreMadeWhileItRuns() throws Exception {
    CountDownLatch writes = new CountDownLatch(1);
    Rule held =
        bench
            .proxy()
            .when(WRITE.and(write -> write.text().contains("VALUES (101,")))
            .once()
            .then(Actions.holdRequest(writes));
    CompletableFuture<StockCli.Result> catchUp =
        CompletableFuture.supplyAsync(() -> bench.throughProxy(CATCH_UP));
    held.awaitFired(1);
    bench.assertDone("add-stock --item-id 101 --quantity 10 --date 2025-09-19");
    bench.assertDone("add-stock --item-id 101 --quantity 20 --date 2025-09-01");
    bench.assertDone("remove-stock-check --item-id 1001 --quantity 2 --date 2025-09-22");
    bench.assertDone("add-stock --item-id 1002 --quantity 2 --date 2025-09-26");
    writes.countDown();
    assertThat(catchUp.get().withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(
                0,
                """
                Closed 2025-09-01: items 1, moves 1, units 20
                Closed 2025-09-19: items 3000, moves 3001, units 15125
                Closed 2025-09-22: items 1, moves 1, units 3
                """,
                ""));
    assertNothingIsDue();
  }

  private void assertNothingIsDue() {
    assertThat(bench.direct().line(Server.current().verify("verify")))
        .isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(bench.direct().line(CATCH_UP)).isEqualTo(new StockCli.Result(0, "", ""));
  }
}
