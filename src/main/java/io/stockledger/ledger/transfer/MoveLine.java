package io.stockledger.ledger.transfer;

import io.stockledger.ledger.Move;
import java.util.List;
import java.util.Optional;

/**
 * A line of a file of moves that was read and checked: it asks for a move, or it is faulty.
 *
 * @param requestId its request id, also if the line is faulty; empty if it has none
 * @param move the move that the line asks for; empty for a faulty line
 * @param fault what is wrong with a faulty line; empty for any other
 */
record MoveLine(
    long number, List<String> fields, String requestId, Optional<Move> move, String fault) {

  /** Returns the move of a line that is not faulty. */
  Move asked() {
    return move.orElseThrow();
  }
}
