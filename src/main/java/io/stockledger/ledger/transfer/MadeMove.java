package io.stockledger.ledger.transfer;

import io.stockledger.ledger.Move;

/**
 * A move that is in the ledger, also one that this run did not make.
 *
 * @param moveNo its number among the moves of its item
 */
record MadeMove(Move move, long moveNo) {}
