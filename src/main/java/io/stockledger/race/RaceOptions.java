package io.stockledger.race;

import io.stockledger.race.sale.SaleWindow;
import io.stockledger.race.sale.Terms;
import java.util.List;
import java.util.Optional;

/**
 * What is raced.
 *
 * @param threads buyers at once, at least 1; as many as {@code purchases} when there are any
 * @param stock units to sell, from 1 to a million million
 * @param quantity units that a buyer takes at a time, at least 1
 * @param purchases one purchase for each buyer, in units; empty: each buys until refused
 * @param runs runs of each strategy, at least 1
 * @param movesBefore moves of the day that the item has before the race, at least 0; they come in
 *     pairs of +1 and -1, so an odd number is taken for the next even one
 * @param orderRow each sale writes an order row as well
 * @param window when the item is on sale; empty: always
 */
public record RaceOptions(
    int threads,
    long stock,
    long quantity,
    List<Long> purchases,
    int runs,
    int movesBefore,
    boolean orderRow,
    Optional<SaleWindow> window) {
  /** Money and sums over all that is sold stay within a BIGINT. */
  private static final long MOST_UNITS = 1_000_000_000_000L;

  public RaceOptions {
    purchases = List.copyOf(purchases);
    movesBefore += movesBefore % 2;
    threads = purchases.isEmpty() ? threads : purchases.size();
    require(threads >= 1, "There must be at least 1 thread.");
    require(stock >= 1, "There must be at least 1 unit of stock.");
    require(stock <= MOST_UNITS, "There can't be more than " + MOST_UNITS + " units of stock.");
    require(quantity >= 1, "A buyer takes at least 1 unit.");
    require(purchases.stream().allMatch(units -> units >= 1), "Each buyer takes at least 1 unit.");
    require(runs >= 1, "There must be at least 1 run.");
    require(movesBefore >= 0, "The moves before the race can't be fewer than 0.");
  }

  /** So many buyers, each taking one unit at a time until refused; one run. */
  public static RaceOptions untilRefused(int threads, long stock) {
    return new RaceOptions(threads, stock, 1, List.of(), 1, 0, false, Optional.empty());
  }

  /** One purchase for each buyer, all at once; one run. */
  public static RaceOptions purchases(long stock, List<Long> purchases) {
    return new RaceOptions(1, stock, 1, purchases, 1, 0, false, Optional.empty());
  }

  Terms terms() {
    return new Terms(orderRow, window.isPresent());
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
