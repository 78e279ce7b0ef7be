package io.stockledger.ledger.aggregate;

/**
 * The sum of an item's movements.
 *
 * @param units may be negative
 */
public record ItemSum(long itemId, long units) {}
