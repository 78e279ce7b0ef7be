package io.stockledger.race;

import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One run of one strategy.
 *
 * @param stock units that were there to sell
 * @param sold units that buyers were told to have
 * @param left units left by the database's word; 0 when it says less
 * @param refused purchases refused, by reason
 * @param gaveUp purchases given up for conflicts
 * @param conflicts tries that another buyer's write brought to nothing
 * @param perSecond purchases that sold, a second
 * @param p50Ms latency of the purchases that sold: median, in milliseconds
 * @param p99Ms 99th percentile
 * @param maxMs longest
 * @param verdict what is to be said about it
 * @param disagreements where the database says something else than the buyers were told
 */
public record RunResult(
    StrategyName strategy,
    long stock,
    long sold,
    long oversold,
    long left,
    Map<RefusalReason, Long> refused,
    long gaveUp,
    long conflicts,
    double perSecond,
    double p50Ms,
    double p99Ms,
    double maxMs,
    Verdict verdict,
    List<String> disagreements) {
  private static final double MICROS_IN_MS = 1_000;

  /**
   * Compares what the buyers were told with what the database says.
   *
   * @param unitsOutsideOfWindow units in orders that stand outside of the sale's window
   */
  static RunResult of(
      RaceStrategy strategy, long stock, Tally told, FinalState state, long unitsOutsideOfWindow) {
    long oversold = oversold(stock, told, state);
    List<String> disagreements = disagreements(stock, told, state, unitsOutsideOfWindow);
    long left = Math.max(0, state.left());
    return new RunResult(
        strategy.name(),
        stock,
        told.soldUnits(),
        oversold,
        left,
        new EnumMap<>(told.refused()),
        told.gaveUp(),
        told.conflicts(),
        told.soldPerSecond(),
        told.soldMicros().getValueAtPercentile(50) / MICROS_IN_MS,
        told.soldMicros().getValueAtPercentile(99) / MICROS_IN_MS,
        told.soldMicros().getMaxValue() / MICROS_IN_MS,
        verdict(oversold, disagreements, left >= told.smallestTurnedAway()),
        disagreements);
  }

  /** Purchases that did not sell, whatever the reason. */
  public long turnedAway() {
    return gaveUp + refused.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long oversold(long stock, Tally told, FinalState state) {
    long most = Math.max(told.soldUnits(), stock - state.left());
    for (long units : state.recorded().values()) {
      most = Math.max(most, units);
    }
    return Math.max(0, most - stock);
  }

  private static List<String> disagreements(
      long stock, Tally told, FinalState state, long unitsOutsideOfWindow) {
    List<String> disagreements = new ArrayList<>();
    long gone = stock - state.left();
    if (gone != told.soldUnits()) {
      disagreements.add("buyers were told " + told.soldUnits() + ", stock gone is " + gone);
    }
    state.recorded().entrySet().stream()
        .filter(rows -> rows.getValue() != told.soldUnits())
        .map(
            rows ->
                "buyers were told %d, the %s come to %d"
                    .formatted(told.soldUnits(), rows.getKey(), rows.getValue()))
        .forEach(disagreements::add);
    if (unitsOutsideOfWindow > 0) {
      disagreements.add(unitsOutsideOfWindow + " were sold outside of the sale's window");
    }
    return List.copyOf(disagreements);
  }

  private static Verdict verdict(
      long oversold, List<String> disagreements, boolean leftEnoughForOneTurnedAway) {
    if (oversold > 0) {
      return Verdict.OVERSOLD;
    }
    if (!disagreements.isEmpty()) {
      return Verdict.DISAGREES;
    }
    return leftEnoughForOneTurnedAway ? Verdict.UNDERSOLD : Verdict.EXACT;
  }
}
