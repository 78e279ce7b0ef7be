/**
 * Corrections: the wrong move of a request is taken back and the right one made, as one request.
 * May import {@code db}, {@code ledger}, {@code ledger.move} and {@code ledger.rule}.
 */
package io.stockledger.ledger.correction;
