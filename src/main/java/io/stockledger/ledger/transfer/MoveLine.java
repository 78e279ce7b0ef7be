package io.stockledger.ledger.transfer;

import io.stockledger.ledger.Request;
import io.stockledger.ledger.RequestLine;
import java.util.List;
import java.util.Optional;

/**
 * A line of a file of moves that was read and checked: it asks for a move, or it is faulty.
 *
 * @param requestId its request id, also if the line is faulty; empty if it has none
 * @param request the request of the line; empty for a faulty line
 * @param fault what is wrong with a faulty line; empty for any other
 */
record MoveLine(
    long number, List<String> fields, String requestId, Optional<Request> request, String fault) {

  /** Returns the request of a line that is not faulty. */
  Request asked() {
    return request.orElseThrow();
  }

  /** Returns the move that a line which is not faulty asks for. */
  RequestLine move() {
    return asked().lines().get(0);
  }

  long itemId() {
    return move().itemId();
  }
}
