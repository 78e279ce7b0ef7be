package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Corrections whose connection is lost, and corrections and reversals of one request at a time. */
class CorrectionFaultsIT {
  private static final String INSERT = "INSERT INTO stock_moves";
  private static final int ROUNDS = 15;

  private final FaultBench bench = FaultBench.onLedger();
  private long itemId;

  @BeforeEach
  void addItem() {
    itemId = bench.newItem(0);
  }

  @AfterEach
  void close() {
    LedgerInvariants.check(bench.schema());
    bench.close();
  }

  @Test
  void aCorrectionIsMadeExactlyOnceWhereverTheConnectionIsCut() {
    AtomicInteger deliveries = new AtomicInteger();
    EveryCut.of(
        bench,
        () -> {
          String requestId = "delivery-" + deliveries.incrementAndGet();
          deliver(requestId);
          return new EveryCut.Run(
              "correct-move --quantity 3 --request-id " + requestId,
              () -> assertThat(bench.movesOf("reverse:" + requestId)).isEmpty(),
              result -> {
                assertThat(result).isEqualTo(corrected(requestId));
                assertThat(bench.movesOf("reverse:" + requestId)).hasSize(2);
              });
        });
  }

  @Test
  void anOutcomeThatIsNotKnownNamesTheRequestToSendAgain() {
    deliver("delivery-1");
    bench
        .proxy()
        .when(statement(INSERT))
        .then(Actions.answerError(1290, "HY000", "running with the --read-only option"));
    bench.proxy().when(statement(INSERT)).once().then(Actions.cutBeforeExecution(Cut.FIN));
    StockCli.Result result = correct("delivery-1");
    bench.proxy().clearRules();
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: It is not known whether the move was made: the connection was lost. Ask"
                    + " again with --request-id delivery-1 (it is made at most once).\n"));
    assertThat(correct("delivery-1")).isEqualTo(corrected("delivery-1"));
  }

  /** The reversal comes after all that the correction reads, and before its INSERT. */
  @Test
  void aReversalThatComesBetweenWins() {
    deliver("d-1");
    bench.before(INSERT, "reverse-move --request-id d-1");
    assertThat(correct("d-1"))
        .isEqualTo(
            refused("Request d-1 was reversed by request reverse:d-1. Make the right move anew."));
    assertThat(bench.movesOf("reverse:d-1")).hasSize(1);
  }

  @Test
  void aCorrectionThatComesBetweenWins() {
    deliver("d-1");
    bench.before(INSERT, "correct-move --request-id d-1 --quantity 4");
    String told =
        "Request d-1 was corrected to 4 units by request reverse:d-1. Name that one: --request-id"
            + " reverse:d-1";
    assertThat(bench.throughProxy("reverse-move --request-id d-1")).isEqualTo(refused(told));
    bench.proxy().clearRules();
    deliver("d-2");
    bench.before(INSERT, "correct-move --request-id d-2 --quantity 4");
    assertThat(correct("d-2")).isEqualTo(refused(told.replace("d-1", "d-2")));
    assertThat(bench.movesOf("reverse:d-2")).hasSize(2);
  }

  /**
   * Two corrections and two reversals at the same time: one kind wins, and the stock is its own.
   */
  @Test
  void ofCorrectionsAndReversalsAtTheSameTimeOneIsMade() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      String requestId = "storm-" + round;
      deliver(requestId);
      CyclicBarrier barrier = new CyclicBarrier(4);
      List<CompletableFuture<StockCli.Result>> sent = new ArrayList<>();
      for (String line :
          List.of(
              "correct-move --quantity 3 --request-id ",
              "reverse-move --request-id ",
              "correct-move --quantity 4 --request-id ",
              "reverse-move --request-id ")) {
        sent.add(
            CompletableFuture.supplyAsync(
                () -> {
                  await(barrier);
                  return bench.direct().line(line + requestId);
                }));
      }
      int[] status = new int[sent.size()];
      for (int i = 0; i < status.length; i++) {
        status[i] = sent.get(i).get().status();
      }
      List<Long> made =
          bench.movesOf("reverse:" + requestId).stream().map(move -> move.increment()).toList();
      if (made.equals(List.of(3L, -5L))) {
        assertThat(status).containsExactly(0, 3, 3, 3);
      } else if (made.equals(List.of(4L, -5L))) {
        assertThat(status).containsExactly(3, 3, 0, 3);
      } else {
        assertThat(made).containsExactly(-5L);
        assertThat(status).containsExactly(3, 0, 3, 0);
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void deliver(String requestId) {
    bench.assertDone(
        "add-stock --item-id %d --quantity 5 --date 2025-09-19 --request-id %s"
            .formatted(itemId, requestId));
  }

  private StockCli.Result correct(String requestId) {
    return bench.throughProxy("correct-move --quantity 3 --request-id " + requestId);
  }

  private static StockCli.Result refused(String sentence) {
    return new StockCli.Result(3, "", "stock: " + sentence + "\n");
  }

  private StockCli.Result corrected(String requestId) {
    return new StockCli.Result(
        0,
        ("Successfully corrected %s: 3 units in place of 5 added to item %d on 2025-09-19 (request"
                + " id reverse:%s).\n")
            .formatted(requestId, itemId, requestId),
        "");
  }
}
