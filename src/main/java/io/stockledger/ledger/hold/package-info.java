/**
 * Holds: making them, committing and releasing them, and which are open. May import {@code db},
 * {@code db.failure}, {@code ledger} and {@code ledger.rule}.
 *
 * <p>Public API: {@code Ending}, {@code Holding} and {@code OpenHold}.
 */
package io.stockledger.ledger.hold;
