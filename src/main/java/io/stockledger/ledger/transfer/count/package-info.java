/**
 * The stock-take: the counts of a file, many of them in one transaction. May import {@code db},
 * {@code file}, {@code ledger}, {@code ledger.count}, {@code ledger.item}, {@code ledger.rule},
 * {@code ledger.transfer}, {@code ledger.transfer.duplicates}, {@code ledger.transfer.lines} and
 * {@code text}.
 */
package io.stockledger.ledger.transfer.count;
