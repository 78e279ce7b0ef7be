/**
 * The ledger as a library: where a program enters that keeps its stock here. May import {@code db},
 * {@code db.failure}, {@code ledger}, {@code ledger.count}, {@code ledger.hold}, {@code
 * ledger.item}, {@code ledger.rule} and {@code ledger.setup}.
 *
 * <p>Public API: {@code LedgerLimits} and {@code StockLedger}.
 */
package io.stockledger.library;
