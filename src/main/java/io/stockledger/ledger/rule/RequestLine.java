package io.stockledger.ledger.rule;

/**
 * A line of a request: one move of one item.
 *
 * @param itemId the item
 * @param increment units to add, or, negative, to remove; never 0
 */
public record RequestLine(long itemId, long increment) {}
