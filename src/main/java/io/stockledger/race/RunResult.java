package io.stockledger.race;

import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The result of one run of one strategy.
 *
 * @param halves orders of which the database has some lines and not the others
 * @param refused number of refused purchases per reason
 * @param gaveUp purchases given up after conflicts
 * @param conflicts tries that failed because of another buyer's write
 * @param disagreements sentences on where the database differs from what the buyers were told
 */
public record RunResult(
    StrategyName strategy,
    Verdict verdict,
    Units units,
    long halves,
    Map<RefusalReason, Long> refused,
    long gaveUp,
    long conflicts,
    Pace pace,
    List<String> disagreements) {

  /**
   * Compares what the buyers were told with what the database says.
   *
   * @param stock units of each item that were for sale
   */
  static RunResult of(StrategyName strategy, long stock, Tally told, Findings findings) {
    Units units = units(stock, told, findings.items());
    List<String> disagreements = disagreements(stock, told, findings);
    return new RunResult(
        strategy,
        verdict(units, findings, disagreements, told),
        units,
        findings.halves(),
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

  private static Units units(long stock, Tally told, Map<Long, FinalState> items) {
    long sold = 0;
    long oversold = 0;
    long left = 0;
    for (Map.Entry<Long, FinalState> item : items.entrySet()) {
      FinalState state = item.getValue();
      long soldOfItem = told.soldUnits(item.getKey());
      long most = Math.max(soldOfItem, stock - state.left());
      for (long units : state.recorded().values()) {
        most = Math.max(most, units);
      }
      sold += soldOfItem;
      oversold += Math.max(0, most - stock);
      left += Math.max(0, state.left());
    }
    return new Units(stock * items.size(), sold, oversold, left);
  }

  private static List<String> disagreements(long stock, Tally told, Findings findings) {
    List<String> disagreements = new ArrayList<>();
    disagreement(told, findings.items(), "stock gone is", state -> stock - state.left())
        .ifPresent(disagreements::add);
    Set<String> kinds = new LinkedHashSet<>();
    findings.items().values().forEach(state -> kinds.addAll(state.recorded().keySet()));
    for (String kind : kinds) {
      disagreement(
              told,
              findings.items(),
              "the " + kind + " add up to",
              state -> state.recorded().get(kind))
          .ifPresent(disagreements::add);
    }
    if (findings.unitsOutsideOfWindow() > 0) {
      disagreements.add(
          findings.unitsOutsideOfWindow() + " were sold outside of the sale's window");
    }
    return List.copyOf(disagreements);
  }

  /** A sentence on the items of which the buyers were told something else, if there are any. */
  private static Optional<String> disagreement(
      Tally told, Map<Long, FinalState> items, String words, ToLongFunction<FinalState> units) {
    long toldUnits = 0;
    long foundUnits = 0;
    int differing = 0;
    for (Map.Entry<Long, FinalState> item : items.entrySet()) {
      long toldOfItem = told.soldUnits(item.getKey());
      long foundOfItem = units.applyAsLong(item.getValue());
      if (toldOfItem != foundOfItem) {
        toldUnits += toldOfItem;
        foundUnits += foundOfItem;
        differing++;
      }
    }
    if (differing == 0) {
      return Optional.empty();
    }
    String sentence = "buyers were told %s, %s %s".formatted(toldUnits, words, foundUnits);
    return Optional.of(
        items.size() == 1 ? sentence : sentence + " (of the items that differ: " + differing + ")");
  }

  private static Verdict verdict(
      Units units, Findings findings, List<String> disagreements, Tally told) {
    if (units.oversold() > 0) {
      return Verdict.OVERSOLD;
    }
    if (findings.halves() > 0) {
      return Verdict.HALVES;
    }
    if (!disagreements.isEmpty()) {
      return Verdict.DISAGREES;
    }
    return isEnoughLeftForOneTurnedAway(told, findings.items()) ? Verdict.UNDERSOLD : Verdict.EXACT;
  }

  private static boolean isEnoughLeftForOneTurnedAway(Tally told, Map<Long, FinalState> items) {
    return told.turnedAway().stream()
        .anyMatch(
            lines ->
                lines.stream()
                    .allMatch(line -> items.get(line.itemId()).left() >= line.quantity()));
  }
}
