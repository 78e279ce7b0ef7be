package io.stockledger.race;

import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.RefusalReason;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What one buyer was told, or all of them together. Not safe for use by several threads. */
final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram soldMicros = new Histogram(SIGNIFICANT_DIGITS);
  private final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
  private long soldUnits;
  private long gaveUp;
  private long conflicts;
  private long smallestTurnedAway = Long.MAX_VALUE;
  private long firstSaleBeganNanoTime = Long.MAX_VALUE;
  private long lastSaleEndedNanoTime = Long.MIN_VALUE;

  /**
   * Counts a purchase.
   *
   * @param beganNanoTime {@link System#nanoTime} before it
   * @param endedNanoTime and after it
   */
  void add(Outcome outcome, long units, long beganNanoTime, long endedNanoTime) {
    conflicts += outcome.conflicts();
    if (outcome instanceof Outcome.Sold) {
      soldUnits += units;
      soldMicros.recordValue((endedNanoTime - beganNanoTime) / 1_000);
      firstSaleBeganNanoTime = Math.min(firstSaleBeganNanoTime, beganNanoTime);
      lastSaleEndedNanoTime = Math.max(lastSaleEndedNanoTime, endedNanoTime);
    } else if (outcome instanceof Outcome.Refused refusal) {
      refused.merge(refusal.reason(), 1L, Long::sum);
      if (refusal.reason().isAboutStock()) {
        smallestTurnedAway = Math.min(smallestTurnedAway, units);
      }
    } else {
      gaveUp++;
      smallestTurnedAway = Math.min(smallestTurnedAway, units);
    }
  }

  /** Takes another buyer's tally into this one. */
  void add(Tally other) {
    soldMicros.add(other.soldMicros);
    other.refused.forEach((reason, times) -> refused.merge(reason, times, Long::sum));
    soldUnits += other.soldUnits;
    gaveUp += other.gaveUp;
    conflicts += other.conflicts;
    smallestTurnedAway = Math.min(smallestTurnedAway, other.smallestTurnedAway);
    firstSaleBeganNanoTime = Math.min(firstSaleBeganNanoTime, other.firstSaleBeganNanoTime);
    lastSaleEndedNanoTime = Math.max(lastSaleEndedNanoTime, other.lastSaleEndedNanoTime);
  }

  /** Latencies of the purchases that sold, in microseconds. */
  Histogram soldMicros() {
    return soldMicros;
  }

  long soldUnits() {
    return soldUnits;
  }

  long soldPurchases() {
    return soldMicros.getTotalCount();
  }

  Map<RefusalReason, Long> refused() {
    return refused;
  }

  long gaveUp() {
    return gaveUp;
  }

  long conflicts() {
    return conflicts;
  }

  /**
   * Units of the smallest purchase that was given up or refused for want of stock; {@link
   * Long#MAX_VALUE} when there was none.
   */
  long smallestTurnedAway() {
    return smallestTurnedAway;
  }

  /**
   * Purchases that sold, a second: from the begin of the first of them to the end of the last, so
   * that a flash sale is not blamed for the time before its opening. 0 without a sale.
   */
  double soldPerSecond() {
    return soldPurchases() == 0
        ? 0
        : soldPurchases() * 1e9 / Math.max(1, lastSaleEndedNanoTime - firstSaleBeganNanoTime);
  }
}
