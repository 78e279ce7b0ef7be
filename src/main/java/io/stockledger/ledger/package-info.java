/**
 * The ledger: the rule by which a move is appended, group append, and the statements that append
 * and read moves. May import {@code db}, {@code db.failure}, {@code ledger.append}, {@code
 * ledger.rule} and {@code text}.
 */
package io.stockledger.ledger;
