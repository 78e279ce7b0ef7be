/**
 * Requests for moves, and the rule that decides them: values and pure functions, without SQL and
 * without a clock. May import {@code db.failure} and {@code text}.
 *
 * <p>Public API: {@code Count}, {@code CountRequest}, {@code HoldOutcome}, {@code
 * InvalidValueException}, {@code LaterLimit}, {@code Obstacle}, {@code Purpose}, {@code Request},
 * {@code RequestLine} and {@code Shortage}.
 */
package io.stockledger.ledger.rule;
