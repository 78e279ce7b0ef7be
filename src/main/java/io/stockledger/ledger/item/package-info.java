/**
 * The items: what may be registered, and registering, changing and finding them. May import {@code
 * db}, {@code db.failure}, {@code ledger}, {@code ledger.rule} and {@code text}.
 *
 * <p>Public API: {@code Item}.
 */
package io.stockledger.ledger.item;
