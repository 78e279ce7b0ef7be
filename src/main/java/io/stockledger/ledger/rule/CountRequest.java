package io.stockledger.ledger.rule;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * A count of an item: so many units were there at the end of a day.
 *
 * @param id the same for each sending of the same count, so that it is made at most once
 * @param date the day at whose end the units were there
 * @param counted units, at least 0
 * @param afterMove the number of the last move that whoever counted had seen, 0 if none; if empty,
 *     the item's latest move when the count is made
 * @param note a remark; empty if there is none
 */
public record CountRequest(
    String id, long itemId, LocalDate date, long counted, OptionalLong afterMove, String note) {

  /**
   * Makes a count and checks all but how far its date lies ahead, which depends on the clock.
   *
   * @throws InvalidValueException if no count may have such a value
   */
  public CountRequest {
    new MoveRequest(itemId, 1, date, id, note);
    if (counted < 0) {
      throw new InvalidValueException("counted", "it must be at least 0.");
    }
    if (afterMove.isPresent() && afterMove.getAsLong() < 0) {
      throw new InvalidValueException("after move", "it must be at least 0.");
    }
  }

  /**
   * Refuses a date too far ahead.
   *
   * @throws InvalidValueException if the date is one
   */
  public void refuseIfTooFarAhead(LocalDate today) {
    new MoveRequest(itemId, 1, date, id, note).refuseIfTooFarAhead(today);
  }

  /**
   * Whether another sending of the id asks for the same count. The note is no part of what is asked
   * for: that of the first sending is stored.
   */
  public boolean asksForTheSameAs(CountRequest other) {
    return id.equals(other.id)
        && itemId == other.itemId
        && date.equals(other.date)
        && counted == other.counted
        && afterMove.equals(other.afterMove);
  }
}
