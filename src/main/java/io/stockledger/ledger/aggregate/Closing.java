package io.stockledger.ledger.aggregate;

import java.math.BigDecimal;

/**
 * The closing of an item as a batch computes it: the sum of the moves dated up to the day among the
 * item's first moves.
 *
 * @param moveNo how many moves those are
 * @param units the sum, which may be above BIGINT: moves that come in late for the day may add to
 *     units that were removed after it
 */
public record Closing(long itemId, long moveNo, BigDecimal units) {
  private static final BigDecimal LOWEST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Whether a BIGINT holds the sum. */
  boolean isInRange() {
    return units.compareTo(LOWEST) >= 0 && units.compareTo(HIGHEST) <= 0;
  }
}
