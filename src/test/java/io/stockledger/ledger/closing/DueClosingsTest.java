package io.stockledger.ledger.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.closing.DueClosings.Due;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Checks the rule which closings of an item are due. */
class DueClosingsTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  private final DueClosings closings = new DueClosings();

  @Test
  void aClosingThatCountsAllMovesUpToItsDayIsNotDue() {
    assertThat(closings.next(2, OptionalLong.of(2))).isEqualTo(Due.NO);
    assertThat(closings.next(5, OptionalLong.of(7))).isEqualTo(Due.NO);
    assertThat(closings.lastNo()).isEqualTo(5);
  }

  @Test
  void aDayWithoutAClosingIsMissing() {
    assertThat(closings.next(2, NONE)).isEqualTo(Due.MISSING);
    assertThat(closings.next(3, OptionalLong.of(3))).isEqualTo(Due.NO);
  }

  @Test
  void aClosingBeforeALateMoveOfItsOwnDayIsStale() {
    assertThat(closings.next(4, OptionalLong.of(3))).isEqualTo(Due.STALE);
  }

  /** The late move has the number 6 and the first of the days. */
  @Test
  void aClosingBeforeALateMoveOfAnEarlierDayIsStale() {
    assertThat(closings.next(6, OptionalLong.of(6))).isEqualTo(Due.NO);
    assertThat(closings.next(3, OptionalLong.of(5))).isEqualTo(Due.STALE);
    assertThat(closings.next(4, OptionalLong.of(6))).isEqualTo(Due.NO);
    assertThat(closings.lastNo()).isEqualTo(6);
  }
}
