/**
 * From a failure to a sentence for a person and an exit status for a script. The packages below
 * throw exceptions that carry data; all words for them are here. May import {@code cli.output},
 * {@code db.failure}, {@code file}, {@code ledger}, {@code ledger.closing}, {@code ledger.hold},
 * {@code ledger.item}, {@code ledger.rule}, {@code ledger.setup}, {@code ledger.tiflash}, {@code
 * ledger.transfer}, {@code ledger.transfer.lines}, {@code ledger.transfer.restore}, {@code
 * race.sale}, {@code stream} and {@code text}.
 */
package io.stockledger.cli.failure;
