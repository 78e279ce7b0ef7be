/**
 * The plans of the ledger's statements: which the connected database chooses, and whether they are
 * those that the ledger's speed rests on. May import {@code db}, {@code db.failure}, {@code
 * ledger}, {@code ledger.closing}, {@code ledger.move} and {@code ledger.tiflash}.
 */
package io.stockledger.ledger.explain;
