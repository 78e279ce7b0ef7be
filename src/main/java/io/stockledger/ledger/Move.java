package io.stockledger.ledger;

import java.time.LocalDate;

/**
 * A move that stands in the ledger, as far as a request names it.
 *
 * @param increment units that came, or, negative, that went
 */
public record Move(long itemId, long increment, LocalDate date, String requestId) {}
