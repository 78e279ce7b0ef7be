package io.stockledger.ledger.transfer;

import io.stockledger.ledger.LatestMove;
import io.stockledger.ledger.Request;
import io.stockledger.ledger.StandingRequest;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of which the unit tests of imports are made. */
final class TransferValues {
  static final long ITEM = 7;
  static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private TransferValues() {}

  /** Returns a line of an item, with the request id {@code r} and its number. */
  static MoveLine line(long itemId, long number, long increment, LocalDate day) {
    String requestId = "r" + number;
    return new MoveLine(
        number,
        List.of(),
        requestId,
        Optional.of(Request.ofOneLine(itemId, increment, day, requestId)),
        "");
  }

  static MoveLine line(long number, long increment) {
    return line(ITEM, number, increment, DAY);
  }

  static MoveLine faultyLine(long number) {
    return new MoveLine(number, List.of(), "r" + number, Optional.empty(), "it is faulty.");
  }

  static LatestMove latest(long moveNo, long stockAfter) {
    return new LatestMove(ITEM, moveNo, stockAfter, DAY);
  }

  static StandingRequest made(MoveLine line, long moveNo) {
    return new StandingRequest(line.asked(), List.of(moveNo));
  }

  /** Returns moves by their request ids. */
  static Map<String, StandingRequest> byId(StandingRequest... moves) {
    Map<String, StandingRequest> byId = new HashMap<>();
    for (StandingRequest move : moves) {
      byId.put(move.request().id(), move);
    }
    return byId;
  }
}
