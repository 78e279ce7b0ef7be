/**
 * The command line: the root command, one class per subcommand, shared options, exit statuses, the
 * error handler and the output. A command parses its options, calls one method of the ledger or the
 * race, and prints the result. The sentences for failures are here: the packages below throw
 * exceptions that carry data. May import {@code chart}, {@code db}, {@code file}, {@code ledger},
 * {@code ledger.aggregate}, {@code ledger.explain}, {@code ledger.setup}, {@code ledger.transfer},
 * {@code ledger.verify}, {@code race}, {@code race.report}, {@code race.sale} and {@code
 * race.strategy}; nothing imports it.
 */
package io.stockledger.cli;
