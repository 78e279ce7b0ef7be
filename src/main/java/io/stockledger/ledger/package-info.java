/**
 * The ledger: items, the rule by which a move is appended, group append, and the statements that
 * append and read moves. May import {@code db}.
 */
package io.stockledger.ledger;
