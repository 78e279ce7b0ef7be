/**
 * The restore of an export: its moves are checked, written as they are, and compared. May import
 * {@code db}, {@code db.failure}, {@code file}, {@code ledger}, {@code ledger.move}, {@code
 * ledger.rule}, {@code ledger.transfer}, {@code ledger.transfer.duplicates}, {@code
 * ledger.transfer.lines} and {@code text}.
 */
package io.stockledger.ledger.transfer.restore;
