package io.stockledger.ledger.closing;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rule which closings of one item are due, day by day: the only definition, which {@code
 * run-batch} writes by and {@code verify} names by. An item has a closing on each day on which it
 * moved, and each closing counts all moves that are dated up to its day.
 *
 * <p>For one item, whose days with moves are passed in their order.
 */
public final class DueClosings {
  private long lastNo = Long.MIN_VALUE;

  /** Whether the closing of a day must be written. */
  public enum Due {
    NO,
    /** The item moved on the day, and there is no closing. */
    MISSING,
    /** There is a closing, and it does not count all moves dated up to its day. */
    STALE
  }

  /**
   * How many closings are due, each of one item and day.
   *
   * @param firstDay the first of their days; empty if none is due
   */
  public record Totals(long missing, long stale, Optional<LocalDate> firstDay) {
    static final Totals NONE = new Totals(0, 0, Optional.empty());

    Totals and(DueItem item) {
      return new Totals(
          missing + item.missing(),
          stale + item.closings() - item.missing(),
          firstDay
              .filter(day -> day.isBefore(item.firstDay()))
              .or(() -> Optional.of(item.firstDay())));
    }
  }

  /**
   * Judges the next day.
   *
   * @param lastNoOfDay the greatest number of the moves dated on the day
   * @param closingNo how many moves the closing of the day counts; empty if there is none
   */
  public Due next(long lastNoOfDay, OptionalLong closingNo) {
    lastNo = Math.max(lastNo, lastNoOfDay);
    if (closingNo.isEmpty()) {
      return Due.MISSING;
    }
    return closingNo.getAsLong() < lastNo ? Due.STALE : Due.NO;
  }

  /** Returns the greatest number of the moves of the days that were passed. */
  public long lastNo() {
    return lastNo;
  }
}
