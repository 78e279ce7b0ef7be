package io.stockledger.race;

import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.SaleWindow;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.StrategyName;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a race.
 *
 * @param stock units of each item for sale, from 1 to a million million
 * @param orders what the strategies that sell orders sell
 * @param movesBefore moves of the day that an item has before the race, at least 0; they come in
 *     pairs of +1 and -1, so an odd number is raised to the next even one
 * @param runs runs of each strategy, at least 1
 * @param orderRow whether each sale writes an order row as well
 * @param window when the item is on sale; empty: always
 */
public record RaceOptions(
    Buyers buyers,
    long stock,
    Assortment orders,
    int movesBefore,
    int runs,
    boolean orderRow,
    Optional<SaleWindow> window) {
  /** Keeps money and sums over all that is sold within a BIGINT. */
  private static final long MOST_UNITS = 1_000_000_000_000L;

  public RaceOptions {
    movesBefore += movesBefore % 2;
    require(stock >= 1, "There must be at least 1 unit of stock.");
    require(stock <= MOST_UNITS, "There can't be more than " + MOST_UNITS + " units of stock.");
    require(runs >= 1, "There must be at least 1 run.");
    require(movesBefore >= 0, "The moves before the race can't be fewer than 0.");
  }

  /** One run, in which each buyer takes one unit at a time until refused. */
  static RaceOptions untilRefused(int buyers, long stock) {
    return once(new Buyers.UntilRefused(buyers, 1), stock);
  }

  /** One run, in which each buyer makes one purchase. */
  static RaceOptions purchases(long stock, List<Long> quantities) {
    return once(new Buyers.Once(quantities), stock);
  }

  private static RaceOptions once(Buyers buyers, long stock) {
    return new RaceOptions(buyers, stock, Assortment.ONE_ITEM, 0, 1, false, Optional.empty());
  }

  /** What a strategy sells: orders or one item. */
  Assortment assortmentOf(StrategyName strategy) {
    return strategy.sellsOrders() ? orders : Assortment.ONE_ITEM;
  }

  Terms terms() {
    return new Terms(orderRow, window.isPresent());
  }

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
