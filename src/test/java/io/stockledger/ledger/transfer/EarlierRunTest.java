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

import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.EarlierRun.PlacedRequest;
import io.stockledger.ledger.transfer.lines.FileRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines that an earlier run may have refused, and their places. */
final class EarlierRunTest {
  private static final List<FileRequest> LINES =
      List.of(line(2, -9), line(3, 4), line(4, -9), line(5, 6), line(6, -9));

  private final MadeLines before = new MadeLines();
  private final ItemStates states = new ItemStates(false);
  private final EarlierRun earlierRun = new EarlierRun(before, states);

  @Test
  void aLineThatIsNotMadeIsPlacedAfterTheMadeLineBeforeIt() {
    before.add(ITEM, 3, 21, 21);
    before.add(ITEM, 5, 22, 22);
    assertThat(mayBeRefused(byId(made(LINES.get(1), 21L), made(LINES.get(3), 22L)), Map.of()))
        .containsExactly(placed(0, 20), placed(2, 21));
  }

  @Test
  void aNewFileHasNoneAndNeitherHasTheRestAfterTheLastMadeLine() {
    assertThat(mayBeRefused(Map.of(), Map.of(ITEM, 20L))).isEmpty();
    assertThat(mayBeRefused(byId(made(LINES.get(1), 21L)), Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20));
  }

  /** The made line may come in a later chunk. */
  @Test
  void theLastMadeLineOfTheFileCounts() {
    before.add(ITEM, 9, 21, 21);
    assertThat(mayBeRefused(Map.of(), Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20), placed(1, 20), placed(2, 20), placed(3, 20), placed(4, 20));
  }

  /** The state of the item is not known yet, and the made line comes in a later chunk. */
  @Test
  void ofAnItemThatIsNotReachedThePlaceIsThatOfTheFirstReading() {
    before.add(ITEM, 9, 21, 21);
    assertThat(mayBeRefused(Map.of(), Map.of())).contains(placed(0, 20), placed(4, 20));
  }

  /** It is decided by what stands under its request id. */
  @Test
  void aLineWhoseRequestIdIsThatOfAnotherMoveIsNotPlaced() {
    StandingRequest other =
        new StandingRequest(Request.ofOneLine(ITEM, 1, DAY, "r2"), List.of(21L));
    assertThat(mayBeRefused(byId(other, made(LINES.get(3), 22L)), Map.of(ITEM, 20L)))
        .containsExactly(placed(1, 20), placed(2, 20));
  }

  /** A single command made the line before the run, or after the lines that follow it. */
  @Test
  void aMoveThatWasMadeOutOfOrderIsNoPlace() {
    assertThat(
            mayBeRefused(byId(made(LINES.get(1), 3L), made(LINES.get(3), 22L)), Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20), placed(2, 20));
    assertThat(
            mayBeRefused(byId(made(LINES.get(1), 30L), made(LINES.get(3), 22L)), Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20), placed(2, 20));
    assertThat(
            mayBeRefused(
                byId(made(LINES.get(1), 21L), made(LINES.get(3), 22L), made(LINES.get(4), 4L)),
                Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20), placed(2, 21));
  }

  /** A single command took the stock after this run began; the run had not reached its lines. */
  @Test
  void thePlaceIsThatOfTheFileAndNotTheLatestMove() {
    before.add(ITEM, 5, 21, 21);
    assertThat(mayBeRefused(byId(made(LINES.get(3), 21L)), Map.of(ITEM, 99L)))
        .contains(placed(0, 20));
    states.put(ITEM, ItemState.of(latest(99, 5)));
    assertThat(mayBeRefused(byId(made(LINES.get(3), 21L)), Map.of())).contains(placed(0, 20));
  }

  /** A conflict came after some of the lines: what the run has made since is behind the place. */
  @Test
  void thePlaceIsNotBehindWhatTheRunHasReached() {
    before.add(ITEM, 5, 21, 21);
    before.passed(ITEM, 50);
    assertThat(mayBeRefused(Map.of(), Map.of(ITEM, 30L))).contains(placed(0, 30));
  }

  @Test
  void behindTheLinesThatWereMadeBeforeThePlaceIsTheOneReached() {
    before.add(ITEM, 1, 21, 21);
    assertThat(mayBeRefused(byId(made(LINES.get(1), 41L)), Map.of(ITEM, 40L)))
        .containsExactly(placed(0, 40));
    states.put(ITEM, ItemState.of(latest(44, 5)));
    assertThat(mayBeRefused(byId(made(LINES.get(1), 45L)), Map.of()))
        .containsExactly(placed(0, 44));
  }

  /** Another run makes the same file at the same time. */
  @Test
  void ofAnItemThatWasNotMadeBeforeThePlaceIsBeforeItsFirstMadeLine() {
    StandingRequest ofOtherItem =
        new StandingRequest(Request.ofOneLine(8, 1, DAY, "r2"), List.of(77L));
    assertThat(mayBeRefused(byId(ofOtherItem, made(LINES.get(3), 21L)), Map.of()))
        .containsExactly(placed(1, 20), placed(2, 20));
  }

  /** The run has made moves of the item and forgotten its state, so no number tells its place. */
  @Test
  void withoutAPlaceNothingIsRefused() {
    states.put(ITEM, ItemState.of(latest(44, 5)));
    states.forget(ITEM);
    assertThat(mayBeRefused(byId(made(LINES.get(3), 21L)), Map.of())).isEmpty();
  }

  @Test
  void theLinesOfAChunkArePassedInTheirOrder() {
    before.add(ITEM, 3, 21, 21);
    before.add(ITEM, 9, 25, 25);
    earlierRun.pass(
        Chunk.of(LINES),
        byId(made(LINES.get(1), 21L), made(LINES.get(2), 90L), made(LINES.get(3), 22L)));
    assertThat(before.place(ITEM)).isEqualTo(22);
    assertThat(EarlierRun.placeAfter(ITEM, LINES, Map.of(), 20)).isEqualTo(20);
    FileRequest ofNewItem = line(8, 2, 1, DAY);
    earlierRun.pass(Chunk.of(List.of(ofNewItem)), byId(made(ofNewItem, 5L)));
    assertThat(before.place(8)).isZero();
  }

  @Test
  void aRefusalIsThatOfTheStockAtThePlace() {
    PlacedRequest removal = placed(0, 20);
    assertThat(removal.refusal(Map.of(ITEM, latest(20, 5)), Map.of()))
        .contains(new Decision.NotEnough(List.of(new Shortage(ITEM, 5, 9, Optional.empty()))));
    assertThat(removal.refusal(Map.of(ITEM, latest(20, 9)), Map.of())).isEmpty();
    assertThat(
            new PlacedRequest(line(2, 9), Map.of(ITEM, 20L), List.of(ITEM))
                .refusal(Map.of(ITEM, latest(20, Long.MAX_VALUE)), Map.of()))
        .contains(new Decision.TooLarge(ITEM));
  }

  @Test
  void theLaterDaysAtThePlaceCount() {
    PlacedRequest removal =
        new PlacedRequest(line(ITEM, 2, -9, DAY.minusDays(1)), Map.of(ITEM, 20L), List.of(ITEM));
    assertThat(
            removal.refusal(
                Map.of(ITEM, latest(20, 9)), Map.of(ITEM, Map.of(DAY, BigDecimal.valueOf(4)))))
        .isPresent();
  }

  /** Item 8 is short too, but no later line of the file is made of it. */
  @Test
  void onlyItemsWithALaterMadeRequestRefuse() {
    FileRequest both = request(2, move(ITEM, -9), move(8, -3));
    FileRequest later = line(4, 5);
    List<PlacedRequest> placed =
        earlierRun.mayBeRefused(
            Chunk.of(List.of(both, later)), byId(made(later, 21L)), Map.of(ITEM, 20L, 8L, 6L));
    assertThat(placed)
        .containsExactly(new PlacedRequest(both, Map.of(ITEM, 20L, 8L, 6L), List.of(ITEM)));
    LatestMove otherAtPlace = new LatestMove(8, 6, 0, DAY);
    assertThat(placed.get(0).refusal(Map.of(ITEM, latest(20, 9), 8L, otherAtPlace), Map.of()))
        .isEmpty();
    assertThat(placed.get(0).refusal(Map.of(ITEM, latest(20, 8), 8L, otherAtPlace), Map.of()))
        .as("what else is short is told")
        .contains(
            new Decision.NotEnough(
                List.of(
                    new Shortage(ITEM, 8, 9, Optional.empty()),
                    new Shortage(8, 0, 3, Optional.empty()))));
  }

  /** Its lines of one item are decided one after another, as a whole. */
  @Test
  void allLinesOfTheItemCount() {
    FileRequest twice = request(2, move(ITEM, -5), move(8, 1), move(ITEM, -5), move(ITEM, 4));
    PlacedRequest placed = new PlacedRequest(twice, Map.of(), List.of(ITEM));
    LatestMove other = new LatestMove(8, 6, 0, DAY);
    assertThat(placed.refusal(Map.of(ITEM, latest(20, 9), 8L, other), Map.of())).isPresent();
    assertThat(placed.refusal(Map.of(ITEM, latest(20, 10), 8L, other), Map.of())).isEmpty();
  }

  /** The place is behind the last of its moves, and begins before the first. */
  @Test
  void aMadeRequestOfSeveralLinesOfOneItemIsOnePlace() {
    FileRequest twice = request(3, move(8, -1), move(ITEM, -5), move(8, 2), move(ITEM, 4));
    List<FileRequest> requests = List.of(line(2, -9), twice, line(8, -9), line(9, 1));
    Map<String, StandingRequest> standing =
        byId(made(twice, 4L, 21L, 5L, 22L), made(requests.get(3), 23L));
    assertThat(earlierRun.mayBeRefused(Chunk.of(requests), standing, Map.of()))
        .containsExactly(
            new PlacedRequest(requests.get(0), Map.of(ITEM, 20L), List.of(ITEM)),
            new PlacedRequest(requests.get(2), Map.of(ITEM, 22L), List.of(ITEM)));
  }

  private List<PlacedRequest> mayBeRefused(
      Map<String, StandingRequest> madeRequests, Map<Long, Long> placesReached) {
    return earlierRun.mayBeRefused(Chunk.of(LINES), madeRequests, placesReached);
  }

  private static PlacedRequest placed(int index, long place) {
    return new PlacedRequest(LINES.get(index), Map.of(ITEM, place), List.of(ITEM));
  }
}
