package io.stockledger.faults;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.StockCli;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A connection is lost, and then the server no longer admits the user: that is not tried again, and
 * no command says that nothing was done.
 */
class RefusedLaterIT {
  private static final String DENIED = "Access denied for user 'root'@'localhost'";

  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    bench.close();
  }

  /** Lets the first session in and refuses all others. Returns the rule that refuses. */
  private Rule refuseAllButTheFirst() {
    Rule refusal =
        bench.proxy().when(connecting()).then(Actions.answerError(1045, "28000", DENIED));
    bench.proxy().when(connecting()).once().then(Actions.pass());
    return refusal;
  }

  @Test
  void theOutcomeOfAMoveIsNotKnown() {
    for (MoveCase move : new MoveCase[] {MoveCase.ADD, MoveCase.CHECK, MoveCase.ATOMIC}) {
      long itemId = move.newItem(bench);
      String requestId = "refused-" + move;
      Rule refusal = refuseAllButTheFirst();
      bench
          .proxy()
          .when(statement("INSERT INTO stock_moves"))
          .once()
          .then(Actions.cutBeforeAnswer(Cut.FIN));
      StockCli.Result result = bench.throughProxy(move.commandLine(itemId, requestId));
      assertThat(result)
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: It is not known whether the move was made: the connection was lost. Ask"
                      + " again with --request-id "
                      + requestId
                      + " (it is made at most once).\n"));
      assertThat(refusal.timesFired()).isEqualTo(1);
      bench.proxy().clearRules();
      assertThat(bench.throughProxy(move.commandLine(itemId, requestId)).out())
          .isEqualTo(move.out(itemId));
      assertThat(bench.movesOf(requestId)).hasSize(1);
    }
  }

  @Test
  void aReadEndsAtOnceAndDoesNotSayThatItsCallWasWrong() {
    Rule refusal = refuseAllButTheFirst();
    bench
        .proxy()
        .when(statement("SELECT item_id, item_code, name"))
        .once()
        .then(Actions.cutBeforeAnswer(Cut.FIN));
    StockCli.Result result = bench.throughProxy("list-items --json");
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).startsWith("{\"error\":\"login_refused\",");
    assertThat(refusal.timesFired()).isEqualTo(1);
  }
}
