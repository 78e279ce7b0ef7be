package io.stockledger.race;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The strategies by their names, in the order of the table. */
public final class Strategies {
  private static final String ALL = "all";
  private static final String EXACT = "exact";

  private Strategies() {}

  /** Every strategy there is. */
  public static List<RaceStrategy> all() {
    return List.of(
        new CheckThenInsert(),
        new ConditionalInsert(),
        new ReadModifyWrite(),
        new UnguardedUpdate(),
        new UpdateThenCheck(),
        new ConditionalUpdate(),
        new StockAsVersion(),
        new VersionColumn(),
        new SelectForUpdate(),
        new OptimisticTransaction(),
        new StripedCounter(),
        new StripedAppend(),
        new Bookshop());
  }

  /** Those that are known to be exact. */
  public static List<RaceStrategy> exact() {
    return all().stream().filter(strategy -> strategy.claim() == Claim.EXACT).toList();
  }

  /** Their names. */
  public static List<String> names() {
    return all().stream().map(RaceStrategy::name).toList();
  }

  /**
   * The strategies of those names, each once, in the order of the names.
   *
   * @param names strategies' names, {@code all} or {@code exact}
   * @throws IllegalArgumentException for a name that no strategy has, with the names there are
   */
  public static List<RaceStrategy> named(List<String> names) {
    Set<String> wanted = new LinkedHashSet<>();
    for (String name : names) {
      switch (name) {
        case ALL -> wanted.addAll(names());
        case EXACT -> exact().forEach(strategy -> wanted.add(strategy.name()));
        default -> wanted.add(name);
      }
    }
    List<RaceStrategy> strategies = new ArrayList<>();
    for (String name : wanted) {
      strategies.add(
          all().stream()
              .filter(strategy -> strategy.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name)));
    }
    return strategies;
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        names().stream()
            .collect(
                Collectors.joining(
                    ", ", "Unknown strategy " + name + ". Known are: all, exact, ", ".")));
  }
}
