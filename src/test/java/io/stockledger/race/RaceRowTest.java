package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A row sums up the runs of a strategy. */
class RaceRowTest {
  @Test
  void aRowIsTheWorstRunAndTheMedianCost() {
    RaceRow row =
        RaceRow.of(
            List.of(
                run(400, 0, 10, 900, Verdict.EXACT),
                run(403, 3, 20, 700, Verdict.OVERSOLD),
                run(400, 0, 90, 800, Verdict.EXACT)));
    assertThat(row.units().sold()).isEqualTo(403);
    assertThat(row.units().oversold()).isEqualTo(3);
    assertThat(row.verdict()).isEqualTo(Verdict.OVERSOLD);
    assertThat(row.asClaimed()).isFalse();
    assertThat(row.conflicts()).isEqualTo(20);
    assertThat(row.pace().perSecond()).isEqualTo(800);
  }

  @Test
  void theMedianOfAnEvenNumberIsInTheMiddle() {
    List<RunResult> runs =
        List.of(run(400, 0, 1, 700, Verdict.EXACT), run(400, 0, 2, 900, Verdict.EXACT));
    assertThat(Pace.median(runs).perSecond()).isEqualTo(800);
  }

  @Test
  void anOversellIsWorseThanHalves() {
    RaceRow row =
        RaceRow.of(
            List.of(
                halves(5, Verdict.HALVES),
                halves(2, Verdict.OVERSOLD),
                halves(3, Verdict.OVERSOLD)));
    assertThat(row.verdict()).isEqualTo(Verdict.OVERSOLD);
    assertThat(row.halves()).isEqualTo(3);
  }

  private static RunResult halves(long halves, Verdict verdict) {
    return new RunResult(
        StrategyName.ORDER_CHECK_THEN_INSERT,
        verdict,
        new Units(400, 400, 1, 0),
        halves,
        Map.of(),
        0,
        0,
        new Pace(1, 1, 2, 3),
        List.of());
  }

  private static RunResult run(
      long sold, long oversold, long conflicts, double perSecond, Verdict verdict) {
    return new RunResult(
        StrategyName.COMPARE_AND_APPEND,
        verdict,
        new Units(400, sold, oversold, 0),
        0,
        Map.of(RefusalReason.NOT_ENOUGH, 32L),
        0,
        conflicts,
        new Pace(perSecond, 1, 2, 3),
        List.of());
  }
}
