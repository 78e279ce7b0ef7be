/**
 * The results of holds and counts as values for programs, and why a hold was not ended: the words
 * that the commands and the stream share. May import {@code cli.failure}, {@code cli.output},
 * {@code ledger.count}, {@code ledger.hold} and {@code ledger.rule}.
 */
package io.stockledger.cli.words;
