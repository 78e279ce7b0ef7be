package io.stockledger.race;

/**
 * The units of one run, of all its items together.
 *
 * @param stock units that were for sale
 * @param sold units that the buyers were told that they bought
 * @param oversold units sold beyond the stock
 * @param left units that the database says are left; an item with a negative count has 0 left
 */
public record Units(long stock, long sold, long oversold, long left) {}
