package io.stockledger.ledger.transfer;

import io.stockledger.file.CsvLine;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.lines.FileRequest;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import java.time.LocalDate;
import java.util.ArrayList;
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
  static FileRequest line(long itemId, long number, long increment, LocalDate day) {
    return FileRequest.of(
        List.of(new CsvLine(number, List.of())),
        Request.ofOneLine(itemId, increment, day, "r" + number));
  }

  /** Returns a request of several lines, from the line with its number on. */
  static FileRequest request(long number, RequestLine... moves) {
    List<CsvLine> lines = new ArrayList<>();
    for (int i = 0; i < moves.length; i++) {
      lines.add(new CsvLine(number + i, List.of()));
    }
    return FileRequest.of(lines, new Request("r" + number, DAY, "", List.of(moves)));
  }

  static RequestLine move(long itemId, long increment) {
    return new RequestLine(itemId, increment);
  }

  static FileRequest line(long number, long increment) {
    return line(ITEM, number, increment, DAY);
  }

  static FileRequest faultyLine(long number) {
    return new FileRequest(
        List.of(new CsvLine(number, List.of())),
        "r" + number,
        Optional.empty(),
        List.of(new RejectionReason.Faulty("it is faulty.")));
  }

  static LatestMove latest(long moveNo, long stockAfter) {
    return new LatestMove(ITEM, moveNo, stockAfter, DAY);
  }

  static StandingRequest made(FileRequest request, Long... moveNos) {
    return new StandingRequest(request.asked(), List.of(moveNos));
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
