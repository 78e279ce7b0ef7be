package io.stockledger.ledger.transfer;

import static io.stockledger.ledger.transfer.TransferValues.DAY;
import static io.stockledger.ledger.transfer.TransferValues.ITEM;
import static io.stockledger.ledger.transfer.TransferValues.byId;
import static io.stockledger.ledger.transfer.TransferValues.latest;
import static io.stockledger.ledger.transfer.TransferValues.line;
import static io.stockledger.ledger.transfer.TransferValues.made;
import static io.stockledger.ledger.transfer.TransferValues.move;
import static io.stockledger.ledger.transfer.TransferValues.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.lines.FileRequest;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The decisions on the requests of a chunk, from values alone. */
final class ChunkPlanTest {
  private static final RequestResult SHORT = rejected(new RejectionReason.Insufficient(5, 9));

  @Test
  void theLinesOfAnItemAreDecidedOneAfterAnother() {
    List<FileRequest> lines = List.of(line(2, -9), line(3, 4), line(4, -9));
    ChunkPlan plan = plan(lines, Map.of(), latest(8, 5));
    assertThat(plan.results(Set.of(), Map.of()))
        .containsExactly(SHORT, RequestResult.MADE, RequestResult.MADE);
    assertThat(plan.moves())
        .containsExactly(
            new NumberedMove(lines.get(1).asked(), 1, latest(9, 9)),
            new NumberedMove(lines.get(2).asked(), 1, latest(10, 0)));
    assertThat(plan.statesAfter()).containsExactly(Map.entry(ITEM, ItemState.of(latest(10, 0))));
    assertThat(plan.refusedRequestIds()).containsExactly("r2");
  }

  @Test
  void aRequestOfSeveralLinesIsMadeWholeOrNotAtAll() {
    FileRequest refused = request(2, move(ITEM, -5), move(8, -2));
    FileRequest addition = request(4, move(8, 1));
    FileRequest accepted = request(5, move(8, -2), move(ITEM, -3), move(8, 7));
    ChunkPlan plan =
        plan(
            List.of(refused, addition, accepted),
            Map.of(),
            latest(8, 5),
            new LatestMove(8, 3, 1, DAY));
    assertThat(plan.results(Set.of(), Map.of()))
        .containsExactly(
            new RequestResult.Rejected(
                List.of(
                    new RejectionReason.InsufficientForRequest(
                        List.of(new Shortage(8, 1, 2, Optional.empty()))),
                    new RejectionReason.SeeLine(2))),
            RequestResult.MADE,
            RequestResult.MADE);
    assertThat(plan.moves())
        .extracting(move -> move.after().itemId() + " " + move.after().moveNo())
        .containsExactly("8 4", "8 5", "7 9", "8 6");
    assertThat(plan.madeRequestsAfter())
        .isEqualTo(byId(made(addition, 4L), made(accepted, 5L, 9L, 6L)));
    assertThat(plan.statesAfter())
        .isEqualTo(
            Map.of(
                ITEM, ItemState.of(latest(9, 2)), 8L, ItemState.of(new LatestMove(8, 6, 7, DAY))));
  }

  /** Nothing is appended, so no unique key would show that another writer added stock. */
  @Test
  void anItemWithRefusalsAndNoAppendIsToBeRead() {
    List<FileRequest> lines = List.of(line(2, -9), line(3, -8));
    assertThat(plan(lines, Map.of(), latest(8, 5)).itemsToRead()).containsExactly(ITEM);
    assertThat(plan(lines, Map.of(), latest(9, 9)).itemsToRead()).isEmpty();
    FileRequest ofTwoItems = request(2, move(ITEM, -9), move(8, -2));
    assertThat(
            plan(
                    List.of(ofTwoItems, line(4, 1)),
                    Map.of(),
                    latest(8, 5),
                    new LatestMove(8, 3, 1, DAY))
                .itemsToRead())
        .containsExactly(8L);
  }

  /** They are final, whatever the stock is. */
  @Test
  void requestsThatAreMadeNeedNoRead() {
    FileRequest line = line(2, -9);
    ChunkPlan plan = plan(List.of(line), byId(made(line, 3L)), latest(8, 5));
    assertThat(plan.itemsToRead()).isEmpty();
    assertThat(plan.moves()).isEmpty();
    assertThat(plan.results(Set.of(), Map.of())).containsExactly(RequestResult.MADE_BEFORE);
  }

  @Test
  void aRequestIdOfAnotherMoveIsRejectedAndNeedsNoLookUp() {
    FileRequest line = line(2, 9);
    StandingRequest other = new StandingRequest(Request.ofOneLine(ITEM, 1, DAY, "r2"), List.of(3L));
    ChunkPlan plan = plan(List.of(line), byId(other), latest(8, 5));
    assertThat(plan.results(Set.of(), Map.of()))
        .containsExactly(rejected(new RejectionReason.RequestIdReused(other.request())));
    assertThat(plan.refusedRequestIds()).isEmpty();
  }

  @Test
  void aRequestThatAnEarlierRunRefusedIsNotDecidedAnew() {
    List<FileRequest> lines = List.of(line(2, -9), line(3, 1));
    ChunkPlan plan =
        ChunkPlan.decide(
            Chunk.of(lines),
            Map.of(),
            Map.of(ITEM, ItemState.of(latest(8, 500))),
            Map.of(
                2L, new Decision.NotEnough(List.of(new Shortage(ITEM, 5, 9, Optional.empty())))));
    assertThat(plan.results(Set.of(), Map.of())).containsExactly(SHORT, RequestResult.MADE);
    assertThat(plan.refusedRequestIds()).containsExactly("r2");
  }

  @Test
  void theOtherReasonsAreTold() {
    List<FileRequest> requests =
        List.of(line(2, Long.MAX_VALUE), line(8, 3, 1, DAY), request(4, move(ITEM, 1), move(8, 1)));
    assertThat(plan(requests, Map.of(), latest(8, 5)).results(Set.of(), Map.of()))
        .containsExactly(
            rejected(new RejectionReason.TooLarge(ITEM)),
            rejected(new RejectionReason.UnknownItem(8)),
            rejected(new RejectionReason.UnknownItem(8), new RejectionReason.SeeLine(4)));
  }

  /** Its rows were deleted by hand, for example; its move is there. */
  @Test
  void aLineOfAnUnknownItemIsMadeIfItsMoveIsThere() {
    List<FileRequest> lines = List.of(line(2, 5), line(3, 5));
    assertThat(plan(lines, byId(made(lines.get(0), 1L))).results(Set.of(), Map.of()))
        .containsExactly(
            RequestResult.MADE_BEFORE, rejected(new RejectionReason.UnknownItem(ITEM)));
  }

  @Test
  void onlyARemovalOfAnEarlierDayNeedsMoreDays() {
    ItemState state = ItemState.of(latest(8, 5));
    FileRequest early = line(ITEM, 2, -1, DAY.minusDays(1));
    FileRequest earlier = line(ITEM, 3, -1, DAY.minusDays(4));
    FileRequest madeEarliest = line(ITEM, 4, -1, DAY.minusDays(6));
    FileRequest addition = line(ITEM, 5, 1, DAY.minusDays(9));
    assertThat(
            ChunkPlan.missingDay(
                ITEM,
                state,
                List.of(early, earlier, madeEarliest, addition),
                request -> !request.equals(madeEarliest)))
        .contains(DAY.minusDays(4));
    assertThat(ChunkPlan.missingDay(ITEM, state, List.of(addition, line(6, -1)), request -> true))
        .isEmpty();
    assertThat(
            ChunkPlan.missingDay(
                ITEM,
                state.withDays(DAY.minusDays(4), Map.of(DAY, BigDecimal.ONE)),
                List.of(early, earlier),
                request -> true))
        .isEmpty();
  }

  /** The other item of the request is removed, which needs no days of this one. */
  @Test
  void onlyTheLinesOfTheItemCount() {
    FileRequest swap =
        FileRequest.of(
            line(2, 1).lines(),
            new Request(
                "r2", DAY.minusDays(1), "", List.of(move(ITEM, 1), move(8, -1), move(ITEM, 1))));
    assertThat(
            ChunkPlan.missingDay(ITEM, ItemState.of(latest(8, 5)), List.of(swap), request -> true))
        .isEmpty();
    assertThat(
            ChunkPlan.missingDay(
                8, ItemState.of(new LatestMove(8, 8, 5, DAY)), List.of(swap), request -> true))
        .contains(DAY.minusDays(1));
  }

  @Test
  void aMoveOfALostSendingCountsAsMadeByThisRun() {
    List<FileRequest> lines = List.of(line(2, 1), line(3, 1), line(4, 1));
    ChunkPlan plan =
        plan(
            lines,
            byId(made(lines.get(0), 8L), made(lines.get(1), 9L), made(lines.get(2), 10L)),
            latest(10, 5));
    assertThat(plan.results(Set.of(), Map.of(ITEM, 8L)))
        .containsExactly(RequestResult.MADE_BEFORE, RequestResult.MADE, RequestResult.MADE);
    assertThat(plan.results(Set.of("r2"), Map.of()))
        .containsExactly(RequestResult.MADE, RequestResult.MADE_BEFORE, RequestResult.MADE_BEFORE);
  }

  @Test
  void theRequestsAfterAnAppendAreThoseBeforeItAndItsOwn() {
    List<FileRequest> lines = List.of(line(2, 1), line(3, 2), line(4, -99));
    StandingRequest before = made(lines.get(0), 4L);
    assertThat(plan(lines, byId(before), latest(8, 5)).madeRequestsAfter())
        .isEqualTo(byId(before, made(lines.get(1), 9L)));
  }

  private static RequestResult rejected(RejectionReason... reasons) {
    return new RequestResult.Rejected(List.of(reasons));
  }

  private static ChunkPlan plan(
      List<FileRequest> requests, Map<String, StandingRequest> made, LatestMove... latest) {
    Map<Long, ItemState> states = new HashMap<>();
    for (LatestMove move : latest) {
      states.put(move.itemId(), ItemState.of(move));
    }
    return ChunkPlan.decide(Chunk.of(requests), made, states, Map.of());
  }
}
