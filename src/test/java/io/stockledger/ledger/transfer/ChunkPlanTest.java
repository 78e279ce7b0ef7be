package io.stockledger.ledger.transfer;

import static io.stockledger.ledger.transfer.TransferValues.DAY;
import static io.stockledger.ledger.transfer.TransferValues.ITEM;
import static io.stockledger.ledger.transfer.TransferValues.byId;
import static io.stockledger.ledger.transfer.TransferValues.latest;
import static io.stockledger.ledger.transfer.TransferValues.line;
import static io.stockledger.ledger.transfer.TransferValues.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.AppendRule.NumberedMove;
import io.stockledger.ledger.Decision;
import io.stockledger.ledger.Request;
import io.stockledger.ledger.Shortage;
import io.stockledger.ledger.StandingRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The decisions on the lines of a chunk, from values alone. */
final class ChunkPlanTest {
  private static final LineResult SHORT =
      new LineResult.Rejected(new RejectionReason.Insufficient(5, 9));

  @Test
  void theLinesOfAnItemAreDecidedOneAfterAnother() {
    List<MoveLine> lines = List.of(line(2, -9), line(3, 4), line(4, -9));
    ChunkPlan plan = new ChunkPlan(Chunk.of(lines), Map.of());
    assertThat(plan.decide(ITEM, ItemState.of(latest(8, 5)), lines, Map.of(), false)).isTrue();
    assertThat(plan.results(Set.of(), Map.of()))
        .containsExactly(SHORT, LineResult.MADE, LineResult.MADE);
    assertThat(plan.moves())
        .containsExactly(
            new NumberedMove(lines.get(1).asked(), 1, latest(9, 9)),
            new NumberedMove(lines.get(2).asked(), 1, latest(10, 0)));
    assertThat(plan.statesAfter()).containsExactly(Map.entry(ITEM, ItemState.of(latest(10, 0))));
    assertThat(plan.refusedRequestIds()).containsExactly("r2");
  }

  /** Nothing is appended, so no unique key would show that another writer added stock. */
  @Test
  void refusalsOnAStateThatMayBeOldAreNotDecided() {
    List<MoveLine> lines = List.of(line(2, -9), line(3, -8));
    ChunkPlan plan = new ChunkPlan(Chunk.of(lines), Map.of());
    assertThat(plan.decide(ITEM, ItemState.of(latest(8, 5)), lines, Map.of(), true)).isFalse();
    assertThat(plan.moves()).isEmpty();
    assertThat(plan.statesAfter()).isEmpty();
    assertThat(plan.decide(ITEM, ItemState.of(latest(9, 9)), lines, Map.of(), false)).isTrue();
    assertThat(plan.refusedRequestIds()).containsExactly("r3");
    assertThat(plan.moves()).hasSize(1);
  }

  @Test
  void refusalsBesideAnAppendAreDecidedOnAStateThatMayBeOld() {
    List<MoveLine> lines = List.of(line(2, -9), line(3, 1));
    ChunkPlan plan = new ChunkPlan(Chunk.of(lines), Map.of());
    assertThat(plan.decide(ITEM, ItemState.of(latest(8, 5)), lines, Map.of(), true)).isTrue();
    assertThat(plan.results(Set.of(), Map.of())).containsExactly(SHORT, LineResult.MADE);
  }

  /** They are final, whatever the stock is. */
  @Test
  void linesThatAreMadeAreDecidedOnAStateThatMayBeOld() {
    MoveLine line = line(2, -9);
    ChunkPlan plan = new ChunkPlan(Chunk.of(List.of(line)), byId(made(line, 3)));
    assertThat(plan.decide(ITEM, ItemState.of(latest(8, 5)), List.of(line), Map.of(), true))
        .isTrue();
    assertThat(plan.moves()).isEmpty();
    assertThat(plan.results(Set.of(), Map.of())).containsExactly(LineResult.MADE_BEFORE);
  }

  @Test
  void aRequestIdOfAnotherMoveIsRejectedAndNeedsNoLookUp() {
    MoveLine line = line(2, 9);
    StandingRequest other = new StandingRequest(Request.ofOneLine(ITEM, 1, DAY, "r2"), List.of(3L));
    ChunkPlan plan = new ChunkPlan(Chunk.of(List.of(line)), byId(other));
    plan.decide(ITEM, ItemState.of(latest(8, 5)), List.of(line), Map.of(), true);
    assertThat(plan.results(Set.of(), Map.of()))
        .containsExactly(
            new LineResult.Rejected(new RejectionReason.RequestIdReused(other.request())));
    assertThat(plan.refusedRequestIds()).isEmpty();
  }

  @Test
  void aLineThatAnEarlierRunRefusedIsNotDecidedAnew() {
    List<MoveLine> lines = List.of(line(2, -9), line(3, 1));
    ChunkPlan plan = new ChunkPlan(Chunk.of(lines), Map.of());
    plan.decide(
        ITEM,
        ItemState.of(latest(8, 500)),
        List.of(lines.get(1)),
        Map.of(2L, new Decision.NotEnough(List.of(new Shortage(ITEM, 5, 9, Optional.empty())))),
        false);
    assertThat(plan.results(Set.of(), Map.of())).containsExactly(SHORT, LineResult.MADE);
    assertThat(plan.refusedRequestIds()).containsExactly("r2");
  }

  @Test
  void theOtherReasonsAreTold() {
    List<MoveLine> lines = List.of(line(2, Long.MAX_VALUE), line(8, 3, 1, DAY));
    ChunkPlan plan = new ChunkPlan(Chunk.of(lines), Map.of());
    plan.decide(ITEM, ItemState.of(latest(8, 5)), lines.subList(0, 1), Map.of(), false);
    plan.decideUnknown(8);
    assertThat(plan.results(Set.of(), Map.of()))
        .containsExactly(
            new LineResult.Rejected(new RejectionReason.TooLarge(ITEM)),
            new LineResult.Rejected(new RejectionReason.UnknownItem(8)));
  }

  /** Its rows were deleted by hand, for example; its move is there. */
  @Test
  void aLineOfAnUnknownItemIsMadeIfItsMoveIsThere() {
    List<MoveLine> lines = List.of(line(2, 5), line(3, 5));
    ChunkPlan plan = new ChunkPlan(Chunk.of(lines), byId(made(lines.get(0), 1)));
    plan.decideUnknown(ITEM);
    assertThat(plan.results(Set.of(), Map.of()))
        .containsExactly(
            LineResult.MADE_BEFORE, new LineResult.Rejected(new RejectionReason.UnknownItem(ITEM)));
  }

  @Test
  void onlyARemovalOfAnEarlierDayNeedsMoreDays() {
    ItemState state = ItemState.of(latest(8, 5));
    MoveLine early = line(ITEM, 2, -1, DAY.minusDays(1));
    MoveLine earlier = line(ITEM, 3, -1, DAY.minusDays(4));
    MoveLine madeEarliest = line(ITEM, 4, -1, DAY.minusDays(6));
    MoveLine addition = line(ITEM, 5, 1, DAY.minusDays(9));
    ChunkPlan plan =
        new ChunkPlan(
            Chunk.of(List.of(early, earlier, madeEarliest, addition)), byId(made(madeEarliest, 1)));
    assertThat(plan.missingDay(state, List.of(early, earlier, madeEarliest, addition)))
        .contains(DAY.minusDays(4));
    assertThat(plan.missingDay(state, List.of(addition, madeEarliest, line(6, -1)))).isEmpty();
    assertThat(
            plan.missingDay(
                state.withDays(DAY.minusDays(4), Map.of(DAY, BigDecimal.ONE)),
                List.of(early, earlier)))
        .isEmpty();
  }

  @Test
  void aMoveOfALostSendingCountsAsMadeByThisRun() {
    List<MoveLine> lines = List.of(line(2, 1), line(3, 1), line(4, 1));
    ChunkPlan plan =
        new ChunkPlan(
            Chunk.of(lines),
            byId(made(lines.get(0), 8), made(lines.get(1), 9), made(lines.get(2), 10)));
    plan.decide(ITEM, ItemState.of(latest(10, 5)), lines, Map.of(), false);
    assertThat(plan.results(Set.of(), Map.of(ITEM, 8L)))
        .containsExactly(LineResult.MADE_BEFORE, LineResult.MADE, LineResult.MADE);
    assertThat(plan.results(Set.of("r2"), Map.of()))
        .containsExactly(LineResult.MADE, LineResult.MADE_BEFORE, LineResult.MADE_BEFORE);
  }

  @Test
  void theMovesAfterAnAppendAreThoseBeforeItAndItsOwn() {
    List<MoveLine> lines = List.of(line(2, 1), line(3, 2), line(4, -99));
    StandingRequest before = made(lines.get(0), 4);
    ChunkPlan plan = new ChunkPlan(Chunk.of(lines), byId(before));
    plan.decide(ITEM, ItemState.of(latest(8, 5)), lines, Map.of(), false);
    assertThat(plan.madeMovesAfter()).isEqualTo(byId(before, made(lines.get(1), 9)));
  }
}
