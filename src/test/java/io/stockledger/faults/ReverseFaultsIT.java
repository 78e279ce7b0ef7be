package io.stockledger.faults;

import static io.stockledger.proxy.Match.point;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import java.util.List;
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
    deliver("count");
    bench.proxy().resetPoints();
    assertThat(reverse("count")).isEqualTo(reversed("count"));
    bench.proxy().awaitNoConnection();
    long points = bench.proxy().points();
    assertThat(points).isGreaterThan(2);
    for (long point = 1; point <= points; point++) {
      for (Action cut :
          List.of(
              Actions.cutBeforeExecution(Cut.RESET),
              Actions.cutBeforeAnswer(Cut.RESET),
              Actions.cutInAnswer(Cut.FIN))) {
        String requestId = "delivery-" + point + "-" + System.identityHashCode(cut);
        deliver(requestId);
        bench.proxy().resetPoints();
        bench.proxy().when(point(point)).once().then(cut);
        StockCli.Result result = reverse(requestId);
        bench.proxy().awaitNoConnection();
        bench.proxy().clearRules();
        if (result.status() == 5) {
          assertThat(bench.movesOf("reverse:" + requestId)).isEmpty();
          result = reverse(requestId);
        }
        assertThat(result).as("point %d", point).isEqualTo(reversed(requestId));
        assertThat(bench.movesOf("reverse:" + requestId)).hasSize(1);
      }
    }
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
