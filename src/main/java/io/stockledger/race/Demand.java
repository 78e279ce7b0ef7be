package io.stockledger.race;

import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Shelf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What buyers choose from a shelf. The popularity of the items follows Zipf's law with the exponent
 * 1, as sales do: the most popular item is chosen twice as often as the next one and three times as
 * often as the one after that.
 */
final class Demand {
  private final int lines;

  /**
   * The items from popular to unpopular, which is not the order of their ids. Otherwise the item
   * that is locked first would always be the most popular one, and would be locked for longest.
   */
  private final List<Long> itemIds;

  /** The sum of the weights 1, 1/2, 1/3 … up to each item. */
  private final double[] sums;

  Demand(Shelf shelf) {
    this.lines = shelf.assortment().lines();
    this.itemIds = new ArrayList<>(shelf.itemIds());
    Collections.shuffle(itemIds, new Random(itemIds.size()));
    this.sums = new double[itemIds.size()];
    double sum = 0;
    for (int item = 0; item < sums.length; item++) {
      sum += 1.0 / (item + 1);
      sums[item] = sum;
    }
  }

  /**
   * Chooses the items of a purchase, all of them distinct.
   *
   * @param quantity units of each item
   */
  List<OrderLine> choose(RandomGenerator random, long quantity) {
    Set<Long> chosen = new LinkedHashSet<>();
    while (chosen.size() < lines) {
      chosen.add(itemIds.get(place(random.nextDouble() * sums[sums.length - 1])));
    }
    return chosen.stream().map(itemId -> new OrderLine(itemId, quantity)).toList();
  }

  /** Returns the place of the first sum above the number, by binary search. */
  private int place(double number) {
    int found = Arrays.binarySearch(sums, number);
    int place = found >= 0 ? found + 1 : -found - 1;
    // The product of a number just below 1 and the last sum may be rounded up to that sum.
    return Math.min(place, sums.length - 1);
  }
}
