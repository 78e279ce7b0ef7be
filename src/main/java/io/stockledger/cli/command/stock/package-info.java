/**
 * The commands about items and their moves. May import {@code cli.command}, {@code
 * cli.command.file}, {@code cli.failure}, {@code cli.option}, {@code cli.output}, {@code
 * cli.words}, {@code db}, {@code db.failure}, {@code file}, {@code ledger}, {@code ledger.closing},
 * {@code ledger.correction}, {@code ledger.count}, {@code ledger.hold}, {@code ledger.item}, {@code
 * ledger.move}, {@code ledger.rule}, {@code ledger.transfer}, {@code ledger.transfer.count} and
 * {@code text}.
 */
package io.stockledger.cli.command.stock;
