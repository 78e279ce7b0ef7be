package io.stockledger.ledger.closing;

import io.stockledger.ledger.RegisteredItem;
import java.math.BigDecimal;

/**
 * The movements of an item on a day. Sums may be above BIGINT.
 *
 * @param additions units added
 * @param removals units removed, not negative
 * @param moves how many moves these are
 */
public record ItemMovements(
    RegisteredItem item, BigDecimal additions, BigDecimal removals, long moves) {

  /** Returns the sum of the movements, which may be negative. */
  public BigDecimal sum() {
    return additions.subtract(removals);
  }
}
