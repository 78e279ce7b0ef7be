/**
 * The commands with which work begins: tables, state, configuration, help. May import {@code
 * cli.command}, {@code cli.connection}, {@code cli.failure}, {@code cli.metrics}, {@code
 * cli.option}, {@code cli.output}, {@code db}, {@code ledger.closing}, {@code ledger.setup}, {@code
 * ledger.tiflash}, {@code stream} and {@code text}.
 */
package io.stockledger.cli.command.setup;
