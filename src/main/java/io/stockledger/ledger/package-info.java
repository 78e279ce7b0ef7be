/**
 * The ledger: the rule by which a move is appended, group append, and the statements that append
 * and read moves. May import {@code db}, {@code db.failure} and {@code text}.
 */
package io.stockledger.ledger;
