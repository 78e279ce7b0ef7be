package io.stockledger.race.sale;

/**
 * A line of a purchase.
 *
 * @param quantity units of the item, at least 1
 */
public record OrderLine(long itemId, long quantity) {}
