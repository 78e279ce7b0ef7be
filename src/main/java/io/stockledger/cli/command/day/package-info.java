/**
 * The commands about days: closings, the sums of a day, and charts. May import {@code chart},
 * {@code cli.command}, {@code cli.failure}, {@code cli.option}, {@code cli.output}, {@code db},
 * {@code file}, {@code ledger.closing} and {@code text}.
 */
package io.stockledger.cli.command.day;
