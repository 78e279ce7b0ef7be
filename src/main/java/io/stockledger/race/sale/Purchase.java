package io.stockledger.race.sale;

/**
 * One purchase.
 *
 * @param itemId the item that is bought
 * @param buyer 1, 2, 3 …
 * @param number the buyer's first, second … purchase of the item
 * @param quantity units, at least 1
 * @param terms the rows that the purchase writes beside the stock
 */
public record Purchase(long itemId, int buyer, int number, long quantity, Terms terms) {
  /** The request id of the purchase, unique within a race. */
  public String requestId() {
    return "race-" + itemId + "-" + buyer + "-" + number;
  }
}
