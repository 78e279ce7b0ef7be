/**
 * The commands with which work begins: tables, state, configuration, help. May import {@code
 * cli.command}, {@code cli.connection}, {@code cli.failure}, {@code cli.option}, {@code
 * cli.output}, {@code db}, {@code ledger.setup}, {@code ledger.tiflash} and {@code stream}.
 */
package io.stockledger.cli.command.setup;
