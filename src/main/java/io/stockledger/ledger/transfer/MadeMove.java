package io.stockledger.ledger.transfer;

import io.stockledger.ledger.Move;

/** A move of the ledger with its number. */
record MadeMove(Move move, long moveNo) {}
