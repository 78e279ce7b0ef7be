/**
 * The commands that check and measure: {@code verify}, {@code explain} and {@code race}. May import
 * {@code cli.command}, {@code cli.failure}, {@code cli.option}, {@code cli.output}, {@code db},
 * {@code file}, {@code ledger.explain}, {@code ledger.verify}, {@code race}, {@code race.report},
 * {@code race.sale}, {@code race.strategy} and {@code text}.
 */
package io.stockledger.cli.command.check;
