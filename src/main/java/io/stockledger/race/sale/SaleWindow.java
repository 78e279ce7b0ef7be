package io.stockledger.race.sale;

import java.time.Duration;

/**
 * When a flash sale takes place.
 *
 * @param opensIn from the start of the race
 * @param lasts from the opening; more than nothing
 */
public record SaleWindow(Duration opensIn, Duration lasts) {
  /** Always open, for as long as a race can take: what the warm-up buys in. */
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
