/**
 * The items: what may be registered, and registering and finding them. May import {@code db},
 * {@code ledger}, {@code ledger.rule} and {@code text}.
 */
package io.stockledger.ledger.item;
