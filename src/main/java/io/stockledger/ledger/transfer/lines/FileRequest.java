package io.stockledger.ledger.transfer.lines;

import io.stockledger.file.CsvLine;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a file that are one request, mostly one line. They were read and checked, and ask
 * for moves, or are faulty.
 *
 * @param lines as they are in the file, at least one
 * @param requestId also if the request is faulty; empty if it has none
 * @param request empty if the lines are faulty
 * @param faults of faulty lines, what is wrong with each of them, in their order
 */
public record FileRequest(
    List<CsvLine> lines,
    String requestId,
    Optional<Request> request,
    List<RejectionReason> faults) {

  /** Makes one that asks for moves. */
  public static FileRequest of(List<CsvLine> lines, Request request) {
    return new FileRequest(lines, request.id(), Optional.of(request), List.of());
  }

  /** The number of its first line. */
  public long number() {
    return lines.get(0).number();
  }

  /** The number of its last line. */
  public long lastNumber() {
    return lines.get(lines.size() - 1).number();
  }

  /** Returns the request of lines that are not faulty. */
  public Request asked() {
    return request.orElseThrow();
  }

  /** Returns the items of lines that are not faulty, each once, in the order of the lines. */
  public List<Long> itemIds() {
    List<RequestLine> moves = asked().lines();
    return moves.size() == 1
        ? List.of(moves.get(0).itemId())
        : moves.stream().map(RequestLine::itemId).distinct().toList();
  }

  /** Whether one of its lines, which are not faulty, removes units of an item. */
  public boolean removes(long itemId) {
    for (RequestLine line : asked().lines()) {
      if (line.itemId() == itemId && line.increment() < 0) {
        return true;
      }
    }
    return false;
  }
}
