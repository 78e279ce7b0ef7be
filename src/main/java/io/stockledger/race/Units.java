package io.stockledger.race;

/**
 * The units of one run.
 *
 * @param stock units that were for sale
 * @param sold units that the buyers were told that they bought
 * @param oversold units sold beyond the stock
 * @param left units that the database says are left; 0 if the count is negative
 */
public record Units(long stock, long sold, long oversold, long left) {}
