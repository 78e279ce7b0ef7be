package io.stockledger.race.sale;

/**
 * One purchase.
 *
 * @param itemId what is bought
 * @param buyer 1, 2, 3 …
 * @param number the buyer's first, second … purchase of the item
 * @param quantity units, at least 1
 * @param terms what it writes beside the stock
 */
public record Purchase(long itemId, int buyer, int number, long quantity, Terms terms) {
  /** Unique within a race: what a strategy that has request ids uses for one. */
  public String requestId() {
    return "race-" + itemId + "-" + buyer + "-" + number;
  }
}
