/**
 * The moves of the ledger, to be read in their order. May import {@code db}, {@code ledger} and
 * {@code ledger.rule}.
 */
package io.stockledger.ledger.move;
