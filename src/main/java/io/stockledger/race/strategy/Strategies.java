package io.stockledger.race.strategy;

import io.stockledger.db.Database;
import java.util.List;

/** The strategies by their names, in the order of the table. */
public final class Strategies {
  private static final String ALL = "all";
  private static final String EXACT = "exact";

  private static final List<String> NAMES =
      List.of(
          "check-then-insert",
          "conditional-insert",
          "compare-and-append",
          "group-append",
          "compare-and-append-no-queue",
          "read-modify-write",
          "unguarded-update",
          "update-then-check",
          "conditional-update",
          "stock-as-version",
          "version-column",
          "select-for-update",
          "optimistic-transaction",
          "striped-counter",
          "striped-append",
          "bookshop");

  private Strategies() {}

  /** Their names, in the order of {@link #all}. */
  public static List<String> names() {
    return NAMES;
  }

  /** Every strategy there is, the groups of one writer. */
  public static List<RaceStrategy> all(Database database) {
    return all(database, 1);
  }

  private static List<RaceStrategy> all(Database database, int writers) {
    return List.of(
        new CheckThenInsert(),
        new ConditionalInsert(),
        CompareAndAppend.bySeparateWriters(database),
        CompareAndAppend.inGroups(database, writers),
        CompareAndAppend.withoutQueue(database),
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
  public static List<RaceStrategy> exact(Database database) {
    return all(database).stream().filter(strategy -> strategy.claim() == Claim.EXACT).toList();
  }

  /**
   * Looks at names before there is a database.
   *
   * @param names strategies' names, {@code all} or {@code exact}
   * @throws IllegalArgumentException for a name that no strategy has, with the names there are
   */
  public static void requireKnown(List<String> names) {
    for (String name : names) {
      if (!name.equals(ALL) && !name.equals(EXACT) && !NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown strategy " + name + ". Known are: all, exact, " + String.join(", ", NAMES));
      }
    }
  }

  /**
   * The strategies of those names, each once, in the order of the table.
   *
   * @param writers how many repositories the buyers of group-append share
   * @throws IllegalArgumentException as {@link #requireKnown}
   */
  public static List<RaceStrategy> named(List<String> names, Database database, int writers) {
    requireKnown(names);
    return all(database, writers).stream()
        .filter(
            strategy ->
                names.contains(strategy.name())
                    || names.contains(ALL)
                    || (names.contains(EXACT) && strategy.claim() == Claim.EXACT))
        .toList();
  }
}
