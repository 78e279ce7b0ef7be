package io.stockledger.race.sale;

/**
 * What is sold in one run.
 *
 * @param itemId an item that is not in the tables yet
 * @param stock units
 * @param movesBefore moves of the day that the item has already, of no effect on its stock; for the
 *     strategies that read moves
 * @param buyers how many will buy: numbered from 1
 */
public record Goods(long itemId, long stock, int movesBefore, int buyers) {}
