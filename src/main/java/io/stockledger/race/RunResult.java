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
 * The result of one run of one strategy.
 *
 * @param refused number of refused purchases per reason
 * @param gaveUp purchases given up after conflicts
 * @param conflicts tries that failed because of another buyer's write
 * @param disagreements sentences on where the database differs from what the buyers were told
 */
public record RunResult(
    StrategyName strategy,
    Verdict verdict,
    Units units,
    Map<RefusalReason, Long> refused,
    long gaveUp,
    long conflicts,
    Pace pace,
    List<String> disagreements) {

  /**
   * Compares what the buyers were told with what the database says.
   *
   * @param unitsOutsideOfWindow units in orders outside of the sale's window
   */
  static RunResult of(
      RaceStrategy strategy, long stock, Tally told, FinalState state, long unitsOutsideOfWindow) {
    long left = Math.max(0, state.left());
    Units units = new Units(stock, told.soldUnits(), oversold(stock, told, state), left);
    List<String> disagreements = disagreements(stock, told, state, unitsOutsideOfWindow);
    return new RunResult(
        strategy.name(),
        verdict(units.oversold(), disagreements, left >= told.smallestTurnedAway()),
        units,
        new EnumMap<>(told.refused()),
        told.gaveUp(),
        told.conflicts(),
        told.pace(),
        disagreements);
  }

  /** Purchases that did not sell, for any reason. */
  long turnedAway() {
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
                "buyers were told %s, the %s add up to %s"
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
