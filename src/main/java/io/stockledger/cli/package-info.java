/**
 * The root of the command line: the registry of the commands, their usage, and the run of one
 * command from its arguments to its exit status. May import {@code cli.command}, {@code
 * cli.command.check}, {@code cli.command.day}, {@code cli.command.file}, {@code cli.command.setup},
 * {@code cli.command.stock}, {@code cli.command.stream}, {@code cli.connection}, {@code
 * cli.failure}, {@code cli.option}, {@code cli.output}, {@code cli.shell}, {@code db} and {@code
 * db.failure}.
 */
package io.stockledger.cli;
