package io.stockledger.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.LatestMove;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks which latest moves are remembered, and for how long. */
class RecentMovesTest {
  private static final long MILLISECOND = 1_000_000;

  private final RecentMoves recent = new RecentMoves();

  @Test
  void returnsTheMovesOfTheItemsThatAreAskedFor() {
    recent.remember(List.of(move(1, 5), move(2, 6)), 0);
    assertThat(recent.take(Set.of(2L, 3L), 1)).isEqualTo(Map.of(2L, move(2, 6)));
    assertThat(recent.take(Set.of(1L, 2L), 1)).isEqualTo(Map.of(1L, move(1, 5)));
  }

  /** While an append to the item is under way, the move may no longer be the latest. */
  @Test
  void forgetsWhatItReturned() {
    recent.remember(List.of(move(1, 5)), 0);
    recent.take(Set.of(1L), 1);
    assertThat(recent.take(Set.of(1L), 1)).isEmpty();
  }

  /** After a longer time a failover may have lost the move. */
  @Test
  void forgetsAMoveAfterATenthOfASecond() {
    recent.remember(List.of(move(1, 5), move(2, 5)), Long.MAX_VALUE);
    assertThat(recent.take(Set.of(1L), Long.MAX_VALUE + 100 * MILLISECOND)).hasSize(1);
    assertThat(recent.take(Set.of(2L), Long.MAX_VALUE + 100 * MILLISECOND + 1)).isEmpty();
  }

  @Test
  void remembersTheLastMoveOfAnItem() {
    recent.remember(List.of(move(1, 5)), 0);
    recent.remember(List.of(move(1, 6)), 100 * MILLISECOND);
    assertThat(recent.take(Set.of(1L), 200 * MILLISECOND)).containsValue(move(1, 6));
  }

  @Test
  void remembersTheLastTenThousandItems() {
    recent.remember(List.of(move(1, 5), move(2, 5)), 0);
    recent.remember(List.of(move(1, 6)), 0);
    for (int item = 3; item <= 10_001; item++) {
      recent.remember(List.of(move(item, 1)), 0);
    }
    assertThat(recent.take(Set.of(1L, 2L, 3L), 1)).containsOnlyKeys(1L, 3L);
  }

  private static LatestMove move(long itemId, long moveNo) {
    return new LatestMove(itemId, moveNo, 9, LocalDate.of(2025, 9, 19));
  }
}
