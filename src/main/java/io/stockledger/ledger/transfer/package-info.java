/**
 * The import of CSV files: reading and checking lines, deciding them by the ledger's rule, and
 * appending the moves of many items in one statement. May import {@code ledger}, {@code file} and
 * {@code db}.
 */
package io.stockledger.ledger.transfer;
