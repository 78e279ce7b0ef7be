package io.stockledger.ledger.verify;

import io.stockledger.ledger.StoredDate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The check of the lines of one request: there is one move for each line from 1 to the number of
 * lines, and all moves are of one day.
 */
final class RequestLines {
  private final String requestId;
  private final Consumer<Finding> findings;
  private Optional<Line> first = Optional.empty();
  private Line last;
  private int lines;

  RequestLines(String requestId, Consumer<Finding> findings) {
    this.requestId = requestId;
    this.findings = findings;
  }

  /** A move with the id of the request. */
  record Line(long itemId, long moveNo, int lineNo, int lineCount, StoredDate date) {}

  /** Checks a move. The moves come in the order of line, item and number. */
  void check(Line line) {
    if (first.isPresent() && line.lineNo() == last.lineNo()) {
      report(
          line,
          "request_id",
          requestId,
          "another than that of item " + last.itemId() + ", move " + last.moveNo());
      last = line;
      return;
    }
    int expected = first.isPresent() ? last.lineNo() + 1 : 1;
    if (line.lineNo() != expected) {
      report(line, "line_no", line.lineNo(), expected);
    }
    Line head = first.orElse(line);
    if (line.lineCount() != head.lineCount()) {
      report(line, "line_count", line.lineCount(), head.lineCount());
    }
    if (!line.date().equals(head.date())) {
      report(line, "date", line.date(), head.date() + ", that of its request");
    }
    first = Optional.of(head);
    last = line;
    lines++;
  }

  /** Checks the number of lines, once all moves are checked. */
  void end() {
    first
        .filter(head -> head.lineCount() != lines)
        .ifPresent(head -> report(head, "line_count", head.lineCount(), lines));
  }

  private void report(Line line, String subject, Object found, Object expected) {
    findings.accept(
        Finding.ofMove(
            Invariant.WHOLE_REQUESTS, line.itemId(), line.moveNo(), subject, found, expected));
  }
}
