package io.stockledger.ledger.transfer;

import static io.stockledger.ledger.transfer.TransferValues.DAY;
import static io.stockledger.ledger.transfer.TransferValues.ITEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of an item between its chunks. */
final class ItemStateTest {
  private static final LatestMove LATEST = TransferValues.latest(5, 40);

  @Test
  void theLatestMoveAloneTellsOfItsBookDateAndLaterDays() {
    ItemState state = ItemState.of(LATEST);
    assertThat(state.knowsFrom(DAY)).isTrue();
    assertThat(state.knowsFrom(DAY.plusDays(1))).isTrue();
    assertThat(state.knowsFrom(DAY.minusDays(1))).isFalse();
  }

  @Test
  void withItsSumsAnEarlierDayIsKnown() {
    ItemState state =
        ItemState.of(LATEST).withDays(DAY.minusDays(2), Map.of(DAY, BigDecimal.valueOf(3)));
    assertThat(state.knowsFrom(DAY.minusDays(2))).isTrue();
    assertThat(state.knowsFrom(DAY.minusDays(3))).isFalse();
    assertThat(state.laterDays()).containsExactly(Map.entry(DAY, BigDecimal.valueOf(3)));
  }

  @Test
  void movesAreAddedToTheSumsOfTheirDays() {
    ItemState state =
        ItemState.of(LATEST)
            .withDays(DAY.minusDays(2), Map.of(DAY, BigDecimal.valueOf(3)))
            .followedBy(
                List.of(move(4, DAY), move(-1, DAY), move(2, DAY.minusDays(1))),
                TransferValues.latest(8, 45));
    assertThat(state.latest()).isEqualTo(TransferValues.latest(8, 45));
    assertThat(state.laterDays())
        .containsExactly(
            Map.entry(DAY.minusDays(1), BigDecimal.valueOf(2)),
            Map.entry(DAY, BigDecimal.valueOf(6)));
  }

  /** A day whose other moves are not known has no sum. */
  @Test
  void movesOfDaysThatAreNotKnownAreLeftOut() {
    ItemState state =
        ItemState.of(LATEST)
            .withDays(DAY.minusDays(2), Map.of(DAY, BigDecimal.valueOf(3)))
            .followedBy(
                List.of(move(4, DAY.minusDays(2)), move(9, DAY.minusDays(3))),
                TransferValues.latest(7, 53));
    assertThat(state.laterDays()).containsOnlyKeys(DAY);
    assertThat(state.knowsFrom(DAY.minusDays(3))).isFalse();
  }

  /** Then the latest move alone tells what is known: its book date has no later moves. */
  @Test
  void withoutSumsTheStateIsThatOfTheNewLatestMove() {
    LatestMove later = new LatestMove(ITEM, 6, 44, DAY.plusDays(3));
    ItemState state = ItemState.of(LATEST).followedBy(List.of(move(4, DAY.plusDays(3))), later);
    assertThat(state).isEqualTo(ItemState.of(later));
    assertThat(state.knowsFrom(DAY)).isFalse();
  }

  @Test
  void theEarliestDaysBeyond64AreForgotten() {
    ItemState state =
        ItemState.of(LATEST)
            .withDays(DAY.minusDays(1), Map.of(DAY, BigDecimal.ONE))
            .followedBy(movesOfDays(70), TransferValues.latest(75, 110));
    assertThat(state.laterDays()).hasSize(64);
    assertThat(state.laterDays().firstKey()).isEqualTo(DAY.plusDays(7));
    assertThat(state.knowsFrom(DAY.plusDays(6))).isTrue();
    assertThat(state.knowsFrom(DAY.plusDays(5))).isFalse();
  }

  /** The ledger does not have the moves of a dry run, so they could not be read again. */
  @Test
  void aDryRunForgetsNoDay() {
    ItemState state =
        ItemState.ofAllDays(LATEST, Map.of())
            .followedBy(movesOfDays(70), TransferValues.latest(75, 110));
    assertThat(state.laterDays()).hasSize(70);
    assertThat(state.knowsFrom(LocalDate.of(1000, 1, 1))).isTrue();
    assertThat(state.withDays(DAY, Map.of()).keepsDays()).isTrue();
  }

  private static List<NumberedMove> movesOfDays(int days) {
    List<NumberedMove> moves = new ArrayList<>();
    for (int i = 1; i <= days; i++) {
      moves.add(move(1, DAY.plusDays(i)));
    }
    return moves;
  }

  private static NumberedMove move(long increment, LocalDate day) {
    return new NumberedMove(Request.ofOneLine(ITEM, increment, day, "r"), 1, LATEST);
  }
}
