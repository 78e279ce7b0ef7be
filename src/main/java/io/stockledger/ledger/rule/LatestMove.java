package io.stockledger.ledger.rule;

import java.time.LocalDate;

/**
 * The latest move of an item, or that it has none yet.
 *
 * @param moveNo the number of its latest move; 0 before the first
 * @param stockAfter the sum of its increments up to that move
 * @param bookDate the latest date of its moves; {@link LocalDate#MIN} before the first
 */
public record LatestMove(long itemId, long moveNo, long stockAfter, LocalDate bookDate) {

  /**
   * Returns the latest move once another move is appended (invariants 1 and 2).
   *
   * @throws ArithmeticException if the stock would be above BIGINT
   */
  public LatestMove followedBy(long increment, LocalDate date) {
    return new LatestMove(
        itemId,
        moveNo + 1,
        Math.addExact(stockAfter, increment),
        bookDate.isAfter(date) ? bookDate : date);
  }
}
