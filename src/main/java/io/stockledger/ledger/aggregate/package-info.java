/**
 * Aggregates over many moves, read on TiFlash where there is one: the closings of a day and the
 * sums of a day. May import {@code ledger} and {@code db}.
 */
package io.stockledger.ledger.aggregate;
