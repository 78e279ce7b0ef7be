package io.stockledger.benchmark;

import java.time.LocalDate;

/**
 * What {@link MoveGenerator} is to make.
 *
 * @param items number of items, at least 1; they are numbered from {@link #FIRST_ITEM}, the best
 *     seller first
 * @param moves number of moves, deliveries included
 * @param days number of days over which the moves are spread evenly, at least 1
 * @param from the first day
 * @param skew exponent of the Zipf distribution of the sales over the items
 * @param latePercent how many of 100 moves are dated one to seven days before their place
 * @param seed the same seed makes the same moves
 */
public record SalesPlan(
    int items, long moves, int days, LocalDate from, double skew, double latePercent, long seed) {
  /** Numbered from here, the items do not meet item 101 of the initial data. */
  public static final long FIRST_ITEM = 1_001;

  /** The last day. */
  public LocalDate to() {
    return from.plusDays(days - 1L);
  }
}
