/**
 * The import of CSV files: reading and checking lines, deciding them by the ledger's rule, and
 * appending the moves of many items in one statement. May import {@code db}, {@code db.failure},
 * {@code file}, {@code ledger}, {@code ledger.item}, {@code ledger.rule}, {@code
 * ledger.transfer.duplicates}, {@code ledger.transfer.lines} and {@code text}.
 */
package io.stockledger.ledger.transfer;
