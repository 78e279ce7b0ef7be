package io.stockledger.ledger;

import io.stockledger.db.failure.KnownException;
import java.math.BigDecimal;

/**
 * A sum of moves is outside of BIGINT. The stock of an earlier day can be: moves that arrive late
 * for the day may add to units that were removed after it.
 */
public final class SumOutOfRangeException extends KnownException {
  private static final long serialVersionUID = 1;

  private final BigDecimal sum;

  /** Tells of a sum. */
  public SumOutOfRangeException(BigDecimal sum) {
    super("sum_out_of_range", "sum " + sum + " is outside of BIGINT", null);
    this.sum = sum;
  }

  /**
   * Returns the sum as a number of units.
   *
   * @throws SumOutOfRangeException if a BIGINT does not hold it
   */
  public static long units(BigDecimal sum) {
    if (!isInRange(sum)) {
      throw new SumOutOfRangeException(sum);
    }
    return sum.longValueExact();
  }

  /** Whether a BIGINT holds a sum. */
  public static boolean isInRange(BigDecimal sum) {
    return sum.toBigIntegerExact().bitLength() < Long.SIZE;
  }

  public BigDecimal sum() {
    return sum;
  }
}
