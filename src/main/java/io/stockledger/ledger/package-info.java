/**
 * The ledger: the rule by which a move is appended, group append, and the statements that append
 * and read moves. May import {@code db}, {@code db.failure}, {@code ledger.append}, {@code
 * ledger.rule} and {@code text}.
 *
 * <p>Public API: {@code DamagedRowException}, {@code ItemExistsException}, {@code
 * NotCorrectableException}, {@code NotSoldException}, {@code OutcomeUnknownException}, {@code
 * Posting}, {@code RefusedException}, {@code RegisteredItem}, {@code RequestIdReusedException},
 * {@code Reversal}, {@code StockTooLargeException}, {@code SumOutOfRangeException}, {@code
 * UnknownItemException} and {@code UnknownRequestException}.
 */
package io.stockledger.ledger;
