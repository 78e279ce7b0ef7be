package io.stockledger.ledger.rule;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The stock of one item while requests are decided one after another. */
final class RunningStock {
  private final NavigableMap<LocalDate, BigDecimal> incrementOfDay;
  private LatestMove latest;

  /**
   * Begins at a move.
   *
   * @param laterDays the sum of the increments of each day from the first one that is asked for on,
   *     among the moves up to the latest
   */
  RunningStock(LatestMove latest, Map<LocalDate, BigDecimal> laterDays) {
    this.latest = latest;
    this.incrementOfDay = new TreeMap<>(laterDays);
  }

  LatestMove latest() {
    return latest;
  }

  /** Returns the shortage if the stock is short; empty if all units are there. */
  Optional<Shortage> shortage(LocalDate day, long units) {
    if (units == 0) {
      return Optional.empty();
    }
    Shortage lowest = availableFrom(day, units);
    return lowest.available() < units ? Optional.of(lowest) : Optional.empty();
  }

  /** Whether a BIGINT holds the stock with more units. */
  boolean hasRoomFor(long units) {
    return latest.stockAfter() <= Long.MAX_VALUE - units;
  }

  /** Appends a move, and returns it as the latest one. */
  LatestMove append(long increment, LocalDate day) {
    latest = latest.followedBy(increment, day);
    incrementOfDay.merge(day, BigDecimal.valueOf(increment), BigDecimal::add);
    return latest;
  }

  /**
   * Returns the lowest stock at the end of the day or of any later day (invariant 4), and on which
   * later days the stock is that low if the day itself has more.
   */
  private Shortage availableFrom(LocalDate day, long units) {
    NavigableMap<LocalDate, BigDecimal> later = incrementOfDay.tailMap(day, false);
    BigDecimal endOfDay = BigDecimal.valueOf(latest.stockAfter());
    BigDecimal lowest = endOfDay;
    LocalDate from = later.isEmpty() ? day : later.lastKey();
    for (Map.Entry<LocalDate, BigDecimal> increment : later.descendingMap().entrySet()) {
      endOfDay = endOfDay.subtract(increment.getValue());
      if (endOfDay.compareTo(lowest) <= 0) {
        lowest = endOfDay;
        LocalDate before = later.lowerKey(increment.getKey());
        from = before == null ? day : before;
      }
    }
    LocalDate after = later.higherKey(from);
    while (after != null && later.get(after).signum() == 0) {
      after = later.higherKey(after);
    }
    return new Shortage(
        latest.itemId(),
        lowest.longValueExact(),
        units,
        from.equals(day)
            ? Optional.empty()
            : Optional.of(
                new LaterLimit(
                    endOfDay, from, Optional.ofNullable(after).map(next -> next.minusDays(1)))));
  }
}
