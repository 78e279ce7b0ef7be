/**
 * Counts: what is in the shelf beside what the ledger has, and the moves that correct the ledger.
 * May import {@code db}, {@code ledger}, {@code ledger.rule} and {@code text}.
 *
 * <p>Public API: {@code CountResult}.
 */
package io.stockledger.ledger.count;
