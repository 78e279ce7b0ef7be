package io.stockledger.race;

import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import java.util.Comparator;
import java.util.List;

/**
 * A strategy's row in the table, over all of its runs. Units and verdict are of the worst run,
 * because one run that oversells is enough; the rest is the median of the runs.
 *
 * @param halves orders of which the database has some lines and not the others, in the worst run
 * @param refused purchases refused or given up
 * @param conflicts tries lost to other buyers
 */
public record RaceRow(
    StrategyName strategy,
    Verdict verdict,
    Units units,
    long halves,
    long refused,
    long conflicts,
    Pace pace) {
  private static final Comparator<RunResult> FROM_GOOD_TO_BAD =
      Comparator.comparing(RunResult::verdict)
          .thenComparing(run -> run.units().oversold())
          .thenComparing(RunResult::halves)
          .thenComparing(run -> run.units().left());

  /**
   * The row of a strategy.
   *
   * @param runs all runs of the strategy, at least one
   */
  static RaceRow of(List<RunResult> runs) {
    RunResult worst = runs.stream().max(FROM_GOOD_TO_BAD).orElseThrow();
    return new RaceRow(
        worst.strategy(),
        worst.verdict(),
        worst.units(),
        worst.halves(),
        Math.round(Pace.median(runs, RunResult::turnedAway)),
        Math.round(Pace.median(runs, RunResult::conflicts)),
        Pace.median(runs));
  }

  /** Returns the verdict in a word, as the reports show it. */
  public String verdictWord() {
    return strategy.claim().wordFor(verdict);
  }

  /** Whether the strategy did what it claims. */
  public boolean asClaimed() {
    return strategy.claim().keptBy(verdict);
  }
}
