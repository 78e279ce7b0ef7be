package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reversal whose connection is lost: it is made once, or the command says how to go on. */
class ReverseFaultsIT {
  private static final String INSERT = "INSERT INTO stock_moves";

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
  void aReversalIsMadeExactlyOnceWhereverTheConnectionIsCut() {
    AtomicInteger deliveries = new AtomicInteger();
    EveryCut.of(
        bench,
        () -> {
          String requestId = "delivery-" + deliveries.incrementAndGet();
          deliver(requestId);
          return new EveryCut.Run(
              "reverse-move --request-id " + requestId,
              () -> assertThat(bench.movesOf("reverse:" + requestId)).isEmpty(),
              result -> {
                assertThat(result).isEqualTo(reversed(requestId));
                assertThat(bench.movesOf("reverse:" + requestId)).hasSize(1);
              });
        });
  }

  /** The request to name again is that of the move: the other one would reverse the reversal. */
  @Test
  void anOutcomeThatIsNotKnownNamesTheRequestToSendAgain() {
    deliver("delivery-1");
    bench
        .proxy()
        .when(statement(INSERT))
        .then(Actions.answerError(1290, "HY000", "running with the --read-only option"));
    bench.proxy().when(statement(INSERT)).once().then(Actions.cutBeforeExecution(Cut.FIN));
    StockCli.Result result = reverse("delivery-1");
    bench.proxy().clearRules();
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: It is not known whether the move was made: the connection was lost. Ask"
                    + " again with --request-id delivery-1 (it is made at most once).\n"));
    assertThat(reverse("delivery-1")).isEqualTo(reversed("delivery-1"));
    assertThat(bench.movesOf("reverse:delivery-1")).hasSize(1);
  }

  private void deliver(String requestId) {
    bench.assertDone(
        "add-stock --item-id "
            + itemId
            + " --quantity 5 --date 2025-09-19 --request-id "
            + requestId);
  }

  private StockCli.Result reverse(String requestId) {
    return bench.throughProxy("reverse-move --request-id " + requestId);
  }

  private StockCli.Result reversed(String requestId) {
    return new StockCli.Result(
        0,
        "Successfully reversed %s: removed 5 units from item %d on 2025-09-19 (request id reverse:%s).\n"
            .formatted(requestId, itemId, requestId),
        "");
  }
}
