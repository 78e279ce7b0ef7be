package io.stockledger.ledger;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.append.Appender.Result;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Checks what the leader of a group makes of the move that the append before handed over, if
 * another process has appended to the item since. Two databases stand for the two processes.
 */
class HandedOverMoveIT {
  private static final long ITEM = 7;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final Decision ACCEPTED = new Decision.Accepted(false);

  private final TestLedger ledger = TestLedger.make(1);
  private final Database other = TestLedger.open(ledger.url(), 1);
  private final StockRepository otherProcess = new StockRepository(other);
  private final Retry retry = new Retry(ledger.database());
  private final MoveAppender appender =
      new MoveAppender(ledger.database(), LedgerTables.ledger(), retry);

  @AfterEach
  void check() {
    LedgerInvariants.check(ledger.url());
    other.close();
    ledger.close();
  }

  /** Nothing is appended on such a refusal, so no unique key would show that it is wrong. */
  @Test
  void aRemovalThatTheHandedOverMoveRefusesIsAcceptedIfAnotherProcessAddedStock() {
    LatestMove handedOver = appendOnEmptyItem(10);
    otherProcess.add(new MoveRequest(ITEM, 5, DAY, "delivery"));
    assertThat(append(handedOver, removal(12, DAY, "a"))).containsExactly(ACCEPTED);
  }

  @Test
  void aRefusalNamesTheStockThatAnotherProcessLeft() {
    LatestMove handedOver = appendOnEmptyItem(10);
    otherProcess.add(new MoveRequest(ITEM, 5, DAY, "delivery"));
    assertThat(append(handedOver, removal(20, DAY, "a"), removal(16, DAY, "b")))
        .containsExactly(notEnough(15, 20), notEnough(15, 16));
  }

  @Test
  void aRemovalOnAnEarlierDayIsDecidedOnTheLaterDaysOfAnotherProcess() {
    LatestMove handedOver = appendOnEmptyItem(10);
    otherProcess.add(new MoveRequest(ITEM, 5, DAY.minusDays(1), "late-delivery"));
    assertThat(append(handedOver, removal(5, DAY.minusDays(1), "a"))).containsExactly(ACCEPTED);
  }

  @Test
  void anAdditionThatIsTooLargeAfterTheHandedOverMoveIsAcceptedIfAnotherProcessMadeRoom() {
    LatestMove handedOver = appendOnEmptyItem(Long.MAX_VALUE);
    otherProcess.removeAtomic(new MoveRequest(ITEM, 5, DAY, "sale"));
    assertThat(append(handedOver, Request.ofOneLine(ITEM, 5, DAY, "a"))).containsExactly(ACCEPTED);
  }

  /** The append after the handed-over move fails; the next try must not rest on it again. */
  @Test
  void aGroupThatTheHandedOverMoveAcceptsIsDecidedAgainAfterTheConflict() {
    LatestMove handedOver = appendOnEmptyItem(10);
    otherProcess.removeAtomic(new MoveRequest(ITEM, 5, DAY, "sale"));
    assertThat(append(handedOver, removal(4, DAY, "a"), removal(3, DAY, "b"), removal(1, DAY, "c")))
        .containsExactly(ACCEPTED, notEnough(1, 3), ACCEPTED);
    assertThat(retry.conflicts()).isEqualTo(1);
  }

  /**
   * A failover has lost the move that was handed over. The first try meets a server that can't
   * serve; an append of the next one after that move would leave a gap.
   */
  @Test
  void theHandedOverMoveServesTheFirstTryOnly() {
    LatestMove handedOver = appendOnEmptyItem(10);
    LatestMove lost = handedOver.followedBy(-4, DAY);
    try (FaultProxy proxy = FaultProxy.startBefore(ledger.url());
        Database database = TestLedger.open(proxy.url(ledger.url()), 1)) {
      proxy
          .when(statement("INSERT INTO stock_moves"))
          .once()
          .then(Actions.answerError(9002, "HY000", "TiKV server timeout"));
      Retry behindProxy = new Retry(database);
      assertThat(
              new MoveAppender(database, LedgerTables.ledger(), behindProxy)
                  .append(
                      List.of(removal(7, DAY, "a"), removal(1, DAY, "b")),
                      behindProxy.newAttempt(),
                      Map.of(ITEM, lost))
                  .decisions())
          .containsExactly(ACCEPTED, ACCEPTED);
    }
  }

  @Test
  void withoutAnotherProcessTheHandedOverMoveIsTheLatest() {
    LatestMove handedOver = appendOnEmptyItem(10);
    assertThat(append(handedOver, removal(4, DAY, "a"), removal(7, DAY, "b")))
        .containsExactly(ACCEPTED, notEnough(6, 7));
    assertThat(retry.conflicts()).isZero();
  }

  /** Returns the move that an append hands over. */
  private LatestMove appendOnEmptyItem(long quantity) {
    ledger.addItem(ITEM);
    Result result =
        appender.append(
            List.of(Request.ofOneLine(ITEM, quantity, DAY, "first")), retry.newAttempt(), Map.of());
    assertThat(result.decisions()).containsExactly(ACCEPTED);
    return result.latest().get(ITEM);
  }

  private List<Decision> append(LatestMove handedOver, Request... requests) {
    return appender
        .append(List.of(requests), retry.newAttempt(), Map.of(ITEM, handedOver))
        .decisions();
  }

  private static Decision notEnough(long available, long required) {
    return new Decision.NotEnough(
        List.of(new Shortage(ITEM, available, required, Optional.empty())));
  }

  private static Request removal(long quantity, LocalDate day, String requestId) {
    return Request.ofOneLine(ITEM, -quantity, day, requestId);
  }
}
