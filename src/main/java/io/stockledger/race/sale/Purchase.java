package io.stockledger.race.sale;

import java.util.Comparator;
import java.util.List;

/**
 * One purchase: an order of one item or of several, made whole or not at all.
 *
 * @param lines at least one line, each of another item. They are in the order of the items, so that
 *     two purchases that lock line by line do not deadlock
 * @param buyer 1, 2, 3 …
 * @param number the buyer's first, second … purchase in a run
 * @param terms the rows that the purchase writes beside the stock
 */
public record Purchase(List<OrderLine> lines, int buyer, int number, Terms terms) {
  public Purchase {
    lines = lines.stream().sorted(Comparator.comparingLong(OrderLine::itemId)).toList();
  }

  /** A purchase of one item. */
  public static Purchase ofOneItem(long itemId, int buyer, int number, long quantity, Terms terms) {
    return new Purchase(List.of(new OrderLine(itemId, quantity)), buyer, number, terms);
  }

  /** Returns the item of a purchase of one item. */
  public long itemId() {
    return only().itemId();
  }

  /** Returns the units of a purchase of one item. */
  public long quantity() {
    return only().quantity();
  }

  /** A strategy that sells one item must not pass over the others. */
  private OrderLine only() {
    if (lines.size() != 1) {
      throw new IllegalStateException("This strategy sells one item, not " + lines.size() + ".");
    }
    return lines.get(0);
  }

  /** Returns the units of all lines. */
  public long units() {
    return lines.stream().mapToLong(OrderLine::quantity).sum();
  }

  /** Returns a purchase of one item for each line. */
  public List<Purchase> eachLineAlone() {
    return lines.stream().map(line -> new Purchase(List.of(line), buyer, number, terms)).toList();
  }

  /** The request id of the purchase, unique within a race. */
  public String requestId() {
    // The items of a run are new in it, and no other order of the run has this buyer and number.
    return "race-" + lines.get(0).itemId() + "-" + buyer + "-" + number;
  }
}
