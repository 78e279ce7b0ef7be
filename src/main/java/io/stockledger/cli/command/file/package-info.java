/**
 * The commands that read and write files of moves. May import {@code cli.command}, {@code
 * cli.failure}, {@code cli.option}, {@code cli.output}, {@code db}, {@code file}, {@code
 * ledger.closing}, {@code ledger.move}, {@code ledger.rule}, {@code ledger.transfer}, {@code
 * ledger.transfer.restore} and {@code text}.
 */
package io.stockledger.cli.command.file;
