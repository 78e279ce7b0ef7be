/**
 * The checks of {@code verify}, one class per check, and the findings that they report. They only
 * read. May import {@code db}, {@code db.failure}, {@code ledger}, {@code ledger.closing}, {@code
 * ledger.item}, {@code ledger.rule}, {@code ledger.tiflash} and {@code text}.
 */
package io.stockledger.ledger.verify;
