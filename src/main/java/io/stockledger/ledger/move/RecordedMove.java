package io.stockledger.ledger.move;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A move as the ledger has it.
 *
 * @param increment units added, or, negative, removed
 * @param stockAfter the sum of the item's increments up to this move
 * @param lineNo which line of its request it is: 1, 2, 3 …
 * @param lineCount how many lines the request has
 * @param note the remark on the request; empty if there is none
 * @param updatedAt when the row was written, in the time zone of the server's sessions
 * @param hold the hold that its request is; empty if it is none
 */
public record RecordedMove(
    long itemId,
    long moveNo,
    LocalDate date,
    long increment,
    long stockAfter,
    String requestId,
    int lineNo,
    int lineCount,
    String note,
    LocalDateTime updatedAt,
    Optional<RecordedHold> hold) {

  RecordedMove with(RecordedHold ofRequest) {
    return new RecordedMove(
        itemId,
        moveNo,
        date,
        increment,
        stockAfter,
        requestId,
        lineNo,
        lineCount,
        note,
        updatedAt,
        Optional.of(ofRequest));
  }

  /** Returns which line of its request it is: {@code 2/3}. */
  public String line() {
    return lineNo + "/" + lineCount;
  }
}
