package io.stockledger.ledger;

/**
 * A number of units of an item: a closing stock or a sum of movements.
 *
 * @param units may be negative only as a sum of movements
 */
public record ItemSum(long itemId, long units) {}
