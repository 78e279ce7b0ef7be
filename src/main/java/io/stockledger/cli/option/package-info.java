/**
 * Options and parameters that several commands have, and the converters of their values. May import
 * {@code cli.output}, {@code db}, {@code ledger}, {@code ledger.item}, {@code ledger.move}, {@code
 * ledger.rule}, {@code ledger.verify} and {@code text}.
 */
package io.stockledger.cli.option;
