/**
 * What every command is and gets: its words, its database, its output and its terminal; and what
 * the commands of one shell share. May import {@code cli.connection}, {@code cli.metrics}, {@code
 * cli.option}, {@code cli.output}, {@code db}, {@code file} and {@code text}.
 */
package io.stockledger.cli.command;
