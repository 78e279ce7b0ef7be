/**
 * What every command is and gets: its words, its database, its output and its terminal; and what
 * the commands of one shell share. May import {@code cli.connection}, {@code cli.option}, {@code
 * cli.output}, {@code db} and {@code text}.
 */
package io.stockledger.cli.command;
