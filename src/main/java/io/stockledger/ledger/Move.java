package io.stockledger.ledger;

import java.time.LocalDate;

/**
 * A move in the ledger, or one to be appended, without its number.
 *
 * @param increment units added, or, negative, removed
 */
public record Move(long itemId, long increment, LocalDate date, String requestId) {}
