/**
 * The command {@code stream}, and the words of its answers. May import {@code cli.command}, {@code
 * cli.failure}, {@code cli.option}, {@code cli.output}, {@code cli.words}, {@code db}, {@code
 * db.failure}, {@code ledger}, {@code ledger.count}, {@code stream}, {@code stream.operation} and
 * {@code text}.
 */
package io.stockledger.cli.command.stream;
