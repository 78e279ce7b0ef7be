package io.stockledger.race;

import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** What one buyer was told, or all buyers together. Not safe for use by several threads. */
final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double MICROS_IN_MS = 1_000;

  private final Histogram soldMicros = new Histogram(SIGNIFICANT_DIGITS);
  private final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
  private final Map<Long, Long> soldUnits = new HashMap<>();

  /** Lines of purchases, each once, of which there are few. */
  private final Set<List<OrderLine>> turnedAway = new HashSet<>();

  private long gaveUp;
  private long conflicts;
  private long firstSaleBeganNanoTime = Long.MAX_VALUE;
  private long lastSaleEndedNanoTime = Long.MIN_VALUE;

  /**
   * Counts a purchase.
   *
   * @param beganNanoTime {@link System#nanoTime} before the purchase
   * @param endedNanoTime the same after the purchase
   */
  void add(Outcome outcome, Purchase purchase, long beganNanoTime, long endedNanoTime) {
    conflicts += outcome.conflicts();
    if (outcome instanceof Outcome.Sold) {
      for (OrderLine line : purchase.lines()) {
        soldUnits.merge(line.itemId(), line.quantity(), Long::sum);
      }
      soldMicros.recordValue((endedNanoTime - beganNanoTime) / 1_000);
      firstSaleBeganNanoTime = Math.min(firstSaleBeganNanoTime, beganNanoTime);
      lastSaleEndedNanoTime = Math.max(lastSaleEndedNanoTime, endedNanoTime);
    } else if (outcome instanceof Outcome.Refused refusal) {
      refused.merge(refusal.reason(), 1L, Long::sum);
      if (refusal.reason().isAboutStock()) {
        turnedAway.add(purchase.lines());
      }
    } else {
      gaveUp++;
      turnedAway.add(purchase.lines());
    }
  }

  /** Adds another buyer's tally to this one. */
  void add(Tally other) {
    soldMicros.add(other.soldMicros);
    other.refused.forEach((reason, times) -> refused.merge(reason, times, Long::sum));
    other.soldUnits.forEach((itemId, units) -> soldUnits.merge(itemId, units, Long::sum));
    turnedAway.addAll(other.turnedAway);
    gaveUp += other.gaveUp;
    conflicts += other.conflicts;
    firstSaleBeganNanoTime = Math.min(firstSaleBeganNanoTime, other.firstSaleBeganNanoTime);
    lastSaleEndedNanoTime = Math.max(lastSaleEndedNanoTime, other.lastSaleEndedNanoTime);
  }

  long soldUnits(long itemId) {
    return soldUnits.getOrDefault(itemId, 0L);
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

  /** Returns the lines of each purchase that was given up or refused because of the stock. */
  Set<List<OrderLine>> turnedAway() {
    return Collections.unmodifiableSet(turnedAway);
  }

  /**
   * Returns how fast purchases sold. The rate runs from the begin of the first purchase that sold
   * to the end of the last one, so that a flash sale is not slowed by the time before its opening;
   * the rate is 0 without a sale.
   */
  Pace pace() {
    long purchases = soldMicros.getTotalCount();
    long nanos = Math.max(1, lastSaleEndedNanoTime - firstSaleBeganNanoTime);
    return new Pace(
        purchases == 0 ? 0 : purchases * 1e9 / nanos,
        soldMicros.getValueAtPercentile(50) / MICROS_IN_MS,
        soldMicros.getValueAtPercentile(99) / MICROS_IN_MS,
        soldMicros.getMaxValue() / MICROS_IN_MS);
  }
}
