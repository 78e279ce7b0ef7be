package io.stockledger.ledger.transfer;

import static io.stockledger.ledger.transfer.TransferValues.DAY;
import static io.stockledger.ledger.transfer.TransferValues.ITEM;
import static io.stockledger.ledger.transfer.TransferValues.byId;
import static io.stockledger.ledger.transfer.TransferValues.latest;
import static io.stockledger.ledger.transfer.TransferValues.line;
import static io.stockledger.ledger.transfer.TransferValues.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.AppendRule;
import io.stockledger.ledger.Decision;
import io.stockledger.ledger.LatestMove;
import io.stockledger.ledger.Request;
import io.stockledger.ledger.Shortage;
import io.stockledger.ledger.StandingRequest;
import io.stockledger.ledger.transfer.EarlierRun.PlacedLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The lines that an earlier run may have refused, and their places. */
final class EarlierRunTest {
  private static final List<MoveLine> LINES =
      List.of(line(2, -9), line(3, 4), line(4, -9), line(5, 6), line(6, -9));

  private final MadeLines before = new MadeLines();
  private final ItemStates states = new ItemStates(false);
  private final EarlierRun earlierRun = new EarlierRun(before, states);

  @Test
  void aLineThatIsNotMadeIsPlacedAfterTheMadeLineBeforeIt() {
    before.add(ITEM, 3, 21);
    before.add(ITEM, 5, 22);
    assertThat(mayBeRefused(byId(made(LINES.get(1), 21), made(LINES.get(3), 22)), Map.of()))
        .containsExactly(placed(0, 20), placed(2, 21));
  }

  @Test
  void aNewFileHasNoneAndNeitherHasTheRestAfterTheLastMadeLine() {
    assertThat(mayBeRefused(Map.of(), Map.of(ITEM, 20L))).isEmpty();
    assertThat(mayBeRefused(byId(made(LINES.get(1), 21)), Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20));
  }

  /** The made line may come in a later chunk. */
  @Test
  void theLastMadeLineOfTheFileCounts() {
    before.add(ITEM, 9, 21);
    assertThat(mayBeRefused(Map.of(), Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20), placed(1, 20), placed(2, 20), placed(3, 20), placed(4, 20));
  }

  /** The state of the item is not known yet, and the made line comes in a later chunk. */
  @Test
  void ofAnItemThatIsNotReachedThePlaceIsThatOfTheFirstReading() {
    before.add(ITEM, 9, 21);
    assertThat(mayBeRefused(Map.of(), Map.of())).contains(placed(0, 20), placed(4, 20));
  }

  /** It is decided by what stands under its request id. */
  @Test
  void aLineWhoseRequestIdIsThatOfAnotherMoveIsNotPlaced() {
    StandingRequest other =
        new StandingRequest(Request.ofOneLine(ITEM, 1, DAY, "r2"), List.of(21L));
    assertThat(mayBeRefused(byId(other, made(LINES.get(3), 22)), Map.of(ITEM, 20L)))
        .containsExactly(placed(1, 20), placed(2, 20));
  }

  /** A single command made the line before the run, or after the lines that follow it. */
  @Test
  void aMoveThatWasMadeOutOfOrderIsNoPlace() {
    assertThat(mayBeRefused(byId(made(LINES.get(1), 3), made(LINES.get(3), 22)), Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20), placed(2, 20));
    assertThat(
            mayBeRefused(byId(made(LINES.get(1), 30), made(LINES.get(3), 22)), Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20), placed(2, 20));
    assertThat(
            mayBeRefused(
                byId(made(LINES.get(1), 21), made(LINES.get(3), 22), made(LINES.get(4), 4)),
                Map.of(ITEM, 20L)))
        .containsExactly(placed(0, 20), placed(2, 21));
  }

  /** A single command took the stock after this run began; the run had not reached its lines. */
  @Test
  void thePlaceIsThatOfTheFileAndNotTheLatestMove() {
    before.add(ITEM, 5, 21);
    assertThat(mayBeRefused(byId(made(LINES.get(3), 21)), Map.of(ITEM, 99L)))
        .contains(placed(0, 20));
    states.put(ITEM, ItemState.of(latest(99, 5)));
    assertThat(mayBeRefused(byId(made(LINES.get(3), 21)), Map.of())).contains(placed(0, 20));
  }

  /** A conflict came after some of the lines: what the run has made since is behind the place. */
  @Test
  void thePlaceIsNotBehindWhatTheRunHasReached() {
    before.add(ITEM, 5, 21);
    before.passed(ITEM, 50);
    assertThat(mayBeRefused(Map.of(), Map.of(ITEM, 30L))).contains(placed(0, 30));
  }

  @Test
  void behindTheLinesThatWereMadeBeforeThePlaceIsTheOneReached() {
    before.add(ITEM, 1, 21);
    assertThat(mayBeRefused(byId(made(LINES.get(1), 41)), Map.of(ITEM, 40L)))
        .containsExactly(placed(0, 40));
    states.put(ITEM, ItemState.of(latest(44, 5)));
    assertThat(mayBeRefused(byId(made(LINES.get(1), 45)), Map.of())).containsExactly(placed(0, 44));
  }

  /** Another run makes the same file at the same time. */
  @Test
  void ofAnItemThatWasNotMadeBeforeThePlaceIsBeforeItsFirstMadeLine() {
    StandingRequest ofOtherItem =
        new StandingRequest(Request.ofOneLine(8, 1, DAY, "r2"), List.of(77L));
    assertThat(mayBeRefused(byId(ofOtherItem, made(LINES.get(3), 21)), Map.of()))
        .containsExactly(placed(1, 20), placed(2, 20));
  }

  /** The run has made moves of the item and forgotten its state, so no number tells its place. */
  @Test
  void withoutAPlaceNothingIsRefused() {
    states.put(ITEM, ItemState.of(latest(44, 5)));
    states.forget(ITEM);
    assertThat(mayBeRefused(byId(made(LINES.get(3), 21)), Map.of())).isEmpty();
  }

  @Test
  void theLinesOfAChunkArePassedInTheirOrder() {
    before.add(ITEM, 3, 21);
    before.add(ITEM, 9, 25);
    earlierRun.pass(
        Chunk.of(LINES),
        byId(made(LINES.get(1), 21), made(LINES.get(2), 90), made(LINES.get(3), 22)));
    assertThat(before.place(ITEM)).isEqualTo(22);
    assertThat(EarlierRun.placeAfter(LINES, Map.of(), 20)).isEqualTo(20);
    MoveLine ofNewItem = line(8, 2, 1, DAY);
    earlierRun.pass(Chunk.of(List.of(ofNewItem)), byId(made(ofNewItem, 5)));
    assertThat(before.place(8)).isZero();
  }

  @Test
  void aRefusalIsThatOfTheStockAtThePlace() {
    PlacedLine removal = placed(0, 20);
    assertThat(removal.refusal(latest(20, 5), Map.of()))
        .contains(new Decision.NotEnough(List.of(new Shortage(ITEM, 5, 9, Optional.empty()))));
    assertThat(removal.refusal(latest(20, 9), Map.of())).isEmpty();
    assertThat(new PlacedLine(line(2, 9), 20).refusal(latest(20, Long.MAX_VALUE), Map.of()))
        .contains(new Decision.TooLarge(ITEM));
  }

  @Test
  void onlyARemovalBeforeTheBookDateNeedsLaterDays() {
    LocalDate earlier = DAY.minusDays(1);
    PlacedLine removal = new PlacedLine(line(ITEM, 2, -9, earlier), 20);
    assertThat(removal.needsLaterDays(latest(20, 9))).isTrue();
    assertThat(removal.refusal(latest(20, 9), Map.of(DAY, BigDecimal.valueOf(4)))).isPresent();
    assertThat(placed(0, 20).needsLaterDays(latest(20, 9))).isFalse();
    assertThat(new PlacedLine(line(ITEM, 2, 9, earlier), 20).needsLaterDays(latest(20, 9)))
        .isFalse();
  }

  /** A run is killed after any append; single moves are made before, and after it. */
  @Test
  void aRunAfterAKilledOneRefusesWhatThatRunRefused() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      checkKilledRun(random, "-Dstock.test.seed=%s, run %s".formatted(seed, i));
    }
  }

  private static void checkKilledRun(Random random, String description) {
    List<LatestMove> ledger = new ArrayList<>(List.of(latest(0, 0)));
    for (int i = random.nextInt(4); i > 0; i--) {
      append(ledger, Request.ofOneLine(ITEM, 1 + random.nextInt(5), DAY, "before"));
    }
    MadeLines madeBefore = new MadeLines();
    Map<String, StandingRequest> madeMoves = new HashMap<>();
    List<MoveLine> lines = new ArrayList<>();
    List<Long> refused = new ArrayList<>();
    List<Long> refusedBeforeLastMade = List.of();
    long killedAt = 2L + random.nextInt(12);
    for (long number = 2; number < 12; number++) {
      MoveLine line =
          line(number, random.nextBoolean() ? 1 + random.nextInt(6) : -1 - random.nextInt(9));
      lines.add(line);
      if (number >= killedAt) {
        continue;
      }
      if (append(ledger, line.asked())) {
        long moveNo = ledger.size() - 1L;
        madeMoves.put(line.requestId(), made(line, moveNo));
        madeBefore.add(ITEM, number, moveNo);
        refusedBeforeLastMade = List.copyOf(refused);
      } else {
        refused.add(number);
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      append(ledger, Request.ofOneLine(ITEM, 10, DAY, "after"));
    }

    List<Long> refusedAgain =
        new EarlierRun(madeBefore, new ItemStates(false))
            .mayBeRefused(ITEM, lines, madeMoves, Map.of()).stream()
                .filter(
                    placed ->
                        placed.refusal(ledger.get((int) placed.place()), Map.of()).isPresent())
                .map(placed -> placed.line().number())
                .toList();
    assertThat(refusedAgain).as(description).isEqualTo(refusedBeforeLastMade);
  }

  /** Appends a move to the ledger of an item if the rule accepts it. */
  private static boolean append(List<LatestMove> ledger, Request move) {
    LatestMove latest = ledger.get(ledger.size() - 1);
    List<AppendRule.NumberedMove> moves =
        AppendRule.decide(Map.of(ITEM, latest), Map.of(), Map.of(), List.of(move)).moves();
    moves.forEach(numbered -> ledger.add(numbered.after()));
    return !moves.isEmpty();
  }

  private List<PlacedLine> mayBeRefused(
      Map<String, StandingRequest> madeMoves, Map<Long, Long> placesReached) {
    return earlierRun.mayBeRefused(ITEM, LINES, madeMoves, placesReached);
  }

  private static PlacedLine placed(int index, long place) {
    return new PlacedLine(LINES.get(index), place);
  }
}
