package io.stockledger.benchmark;

import java.time.LocalDate;

/**
 * A generated move: the only line of its request.
 *
 * @param increment units added, or, negative, removed
 */
public record Move(long itemId, long increment, LocalDate date, String requestId) {}
