package io.stockledger.race.sale;

import java.util.Map;

/**
 * What the database says about an item at the end of a run.
 *
 * @param left units left of the stock; negative if the strategy let it fall below zero
 * @param recorded units in each kind of row that a sale writes, by kind: orders, moves, log …
 */
public record FinalState(long left, Map<String, Long> recorded) {}
