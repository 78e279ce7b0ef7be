/**
 * The checks of {@code verify}, one class per check, and the findings that they report. They only
 * read. May import {@code ledger}, {@code ledger.aggregate} and {@code db}.
 */
package io.stockledger.ledger.verify;
