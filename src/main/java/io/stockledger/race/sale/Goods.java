package io.stockledger.race.sale;

/**
 * An item that is sold in one run.
 *
 * @param itemId an item that is not in the tables yet
 * @param stock units for sale
 * @param movesBefore moves of the day that the item already has and that cancel out, for the
 *     strategies that read moves
 * @param buyers number of the buyers, who are numbered from 1
 */
public record Goods(long itemId, long stock, int movesBefore, int buyers) {}
