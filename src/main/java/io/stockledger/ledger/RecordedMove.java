package io.stockledger.ledger;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * A move as the ledger has it.
 *
 * @param increment units added, or, negative, removed
 * @param stockAfter the sum of the item's increments up to this move
 * @param updatedAt when the row was written, in the time zone of the server's sessions
 */
public record RecordedMove(
    long itemId,
    long moveNo,
    LocalDate date,
    long increment,
    long stockAfter,
    String requestId,
    LocalDateTime updatedAt) {}
