package io.stockledger.race;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How fast purchases sold.
 *
 * @param perSecond purchases that sold, per second
 * @param p50Ms median latency of the purchases that sold, in milliseconds
 * @param p99Ms 99th percentile of that latency
 * @param maxMs longest such latency
 */
public record Pace(double perSecond, double p50Ms, double p99Ms, double maxMs) {
  /** The median of each measure over several runs. */
  static Pace median(List<RunResult> runs) {
    return new Pace(
        median(runs, run -> run.pace().perSecond()),
        median(runs, run -> run.pace().p50Ms()),
        median(runs, run -> run.pace().p99Ms()),
        median(runs, run -> run.pace().maxMs()));
  }

  /** The middle value; the mean of the two middle values if their number is even. */
  static double median(List<RunResult> runs, ToDoubleFunction<RunResult> value) {
    double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
