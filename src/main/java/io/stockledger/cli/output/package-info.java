/**
 * The streams of a command, the forms of its result (text, JSON, CSV) and its progress. May import
 * {@code text} and {@code text.table}.
 */
package io.stockledger.cli.output;
