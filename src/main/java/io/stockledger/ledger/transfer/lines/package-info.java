/**
 * The lines of a file of moves: reading and checking each line, and joining those that are one
 * request. May import {@code file}, {@code ledger}, {@code ledger.rule}, {@code
 * ledger.transfer.duplicates} and {@code text}.
 */
package io.stockledger.ledger.transfer.lines;
