package io.stockledger.ledger.closing;

import io.stockledger.ledger.RegisteredItem;
import java.math.BigDecimal;

/**
 * The stock of an item at the end of a day.
 *
 * @param units the sum of the item's moves dated up to the day, which may be above BIGINT: moves
 *     that arrive late for the day may add to units that were removed after it
 */
public record ItemStock(RegisteredItem item, BigDecimal units) {

  /** Whether a BIGINT holds the stock, so that get-stock shows it. */
  public boolean isInRange() {
    return units.toBigIntegerExact().bitLength() < Long.SIZE;
  }
}
