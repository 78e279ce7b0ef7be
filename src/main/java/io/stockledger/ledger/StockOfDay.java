package io.stockledger.ledger;

/**
 * The stock of an item at the end of a day.
 *
 * @param units the sum of the moves dated up to the day among the item's first {@code moveNo} moves
 * @param moveNo the number of the item's latest move when the stock was read; 0 if it has none
 */
public record StockOfDay(long units, long moveNo) {}
