package io.stockledger.ledger.move;

import io.stockledger.ledger.rule.MoveRequest;
import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * Which moves to read.
 *
 * @param itemId the item; empty for all items
 * @param from the first date of the moves
 * @param to the last date of the moves
 */
public record MoveFilter(OptionalLong itemId, LocalDate from, LocalDate to) {
  /** A date before the dates of all moves. */
  public static final LocalDate FIRST_DAY = MoveRequest.FIRST_DAY;

  /** A date after the dates of all moves: the last that a DATE can have. */
  public static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  boolean isOfAllDays() {
    return !from.isAfter(FIRST_DAY) && !to.isBefore(LAST_DAY);
  }
}
