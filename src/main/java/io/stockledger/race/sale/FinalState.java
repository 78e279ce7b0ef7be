package io.stockledger.race.sale;

import java.util.Map;

/**
 * The end of a run by the database's word.
 *
 * @param left units that the item's stock says are left; below zero when it was let
 * @param recorded units in each kind of row that a sale writes, by the kind: orders, moves, log …
 */
public record FinalState(long left, Map<String, Long> recorded) {}
