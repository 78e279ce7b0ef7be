/**
 * The closings of a day and the sums of a day: aggregates over many moves, read on TiFlash where
 * there is one. May import {@code db}, {@code db.failure}, {@code ledger}, {@code ledger.rule},
 * {@code ledger.tiflash} and {@code text}.
 */
package io.stockledger.ledger.closing;
