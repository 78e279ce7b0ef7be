/**
 * The plans of the ledger's statements: which the connected database chooses, and whether they are
 * those that the ledger's speed rests on. May import {@code ledger}, {@code ledger.aggregate},
 * {@code ledger.transfer} and {@code db}.
 */
package io.stockledger.ledger.explain;
