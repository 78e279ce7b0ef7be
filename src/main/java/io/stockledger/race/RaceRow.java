package io.stockledger.race;

import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A strategy's row in the table, over all of its runs. What it sold is of its worst run, since one
 * run that oversells is enough; what it cost is the median of the runs.
 *
 * @param sold units, worst run
 * @param oversold units more than there were, worst run
 * @param left units left, worst run
 * @param refused purchases refused or given up, median
 * @param conflicts tries lost to other buyers, median
 * @param perSecond purchases sold a second, median
 * @param p50Ms latency of a purchase that sold, in milliseconds: median of the runs' medians
 * @param p99Ms median of the runs' 99th percentiles
 * @param maxMs median of the runs' longest
 * @param verdict of the worst run
 */
public record RaceRow(
    StrategyName strategy,
    long sold,
    long oversold,
    long left,
    long refused,
    long conflicts,
    double perSecond,
    double p50Ms,
    double p99Ms,
    double maxMs,
    Verdict verdict) {
  private static final Comparator<RunResult> FROM_GOOD_TO_BAD =
      Comparator.comparing(RunResult::verdict)
          .thenComparing(RunResult::oversold)
          .thenComparing(RunResult::left);

  /**
   * The row of a strategy.
   *
   * @param runs all of its runs, at least one
   */
  public static RaceRow of(List<RunResult> runs) {
    RunResult worst = runs.stream().max(FROM_GOOD_TO_BAD).orElseThrow();
    return new RaceRow(
        worst.strategy(),
        worst.sold(),
        worst.oversold(),
        worst.left(),
        Math.round(median(runs, RunResult::turnedAway)),
        Math.round(median(runs, RunResult::conflicts)),
        median(runs, RunResult::perSecond),
        median(runs, RunResult::p50Ms),
        median(runs, RunResult::p99Ms),
        median(runs, RunResult::maxMs),
        worst.verdict());
  }

  /** Whether the strategy did what it is known to do. */
  public boolean asClaimed() {
    return strategy.claim().keptBy(verdict);
  }

  /** The middle of the values; of an even number of them the mean of the two in the middle. */
  public static double median(List<RunResult> runs, ToDoubleFunction<RunResult> value) {
    double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
