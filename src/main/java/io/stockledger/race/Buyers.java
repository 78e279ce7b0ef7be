package io.stockledger.race;

import java.util.List;

/** The buyers of a race, all of whom begin at once. */
public sealed interface Buyers {
  int count();

  /**
   * Buyers each of whom buys until refused.
   *
   * @param count at least 1
   * @param quantity units per purchase, at least 1
   */
  record UntilRefused(int count, long quantity) implements Buyers {
    public UntilRefused {
      RaceOptions.require(count >= 1, "There must be at least 1 thread.");
      RaceOptions.require(quantity >= 1, "A buyer takes at least 1 unit.");
    }
  }

  /**
   * Buyers each of whom makes one purchase.
   *
   * @param quantities units of each buyer's purchase, at least 1
   */
  record Once(List<Long> quantities) implements Buyers {
    public Once {
      quantities = List.copyOf(quantities);
      RaceOptions.require(!quantities.isEmpty(), "There must be at least 1 buyer.");
      RaceOptions.require(
          quantities.stream().allMatch(units -> units >= 1), "Each buyer takes at least 1 unit.");
    }

    @Override
    public int count() {
      return quantities.size();
    }
  }
}
