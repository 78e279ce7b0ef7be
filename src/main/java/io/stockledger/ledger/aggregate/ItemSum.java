package io.stockledger.ledger.aggregate;

/**
 * The sum of an item's movements on a day.
 *
 * @param units may be negative
 */
public record ItemSum(long itemId, long units) {}
