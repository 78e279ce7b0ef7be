package io.stockledger.race.sale;

import java.time.Duration;

/**
 * When a flash sale takes place.
 *
 * @param opensIn time from the start of the race to the opening
 * @param lasts time from the opening to the end, longer than zero
 */
public record SaleWindow(Duration opensIn, Duration lasts) {
  /** Open for longer than a race can take; the warm-up buys in this window. */
  public static final SaleWindow OPEN = new SaleWindow(Duration.ZERO, Duration.ofDays(1));

  public SaleWindow {
    if (opensIn.isNegative()) {
      throw new IllegalArgumentException("The sale must not open in the past.");
    }
    if (lasts.isNegative() || lasts.isZero()) {
      throw new IllegalArgumentException("The sale must last longer than nothing.");
    }
  }
}
