/**
 * The lines of a file whose request id is that of an earlier line: hashes of all ids, and then the
 * ids with equal hashes. May import {@code file} and {@code ledger.rule}.
 */
package io.stockledger.ledger.transfer.duplicates;
