package io.stockledger.ledger.closing;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The closing of an item as a batch computes it: the sum of those of its first moves that are dated
 * up to the day.
 *
 * @param moveNo the number of first moves that it counts
 * @param units the sum, which may be above BIGINT: moves that arrive late for the day may add to
 *     units that were removed after it
 * @param moves how many moves are dated on the day
 */
record Closing(long itemId, LocalDate day, long moveNo, BigDecimal units, long moves) {
  private static final BigDecimal LOWEST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Whether a BIGINT holds the sum. */
  boolean isInRange() {
    return units.compareTo(LOWEST) >= 0 && units.compareTo(HIGHEST) <= 0;
  }

  /** What a batch reports once the closing is written, or if it can't be written. */
  ItemClosing result() {
    return isInRange()
        ? new ItemClosing.Written(itemId, day, units.longValueExact(), moves)
        : new ItemClosing.OutOfRange(itemId, day, units);
  }
}
