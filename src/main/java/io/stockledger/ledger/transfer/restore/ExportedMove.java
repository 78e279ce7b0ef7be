package io.stockledger.ledger.transfer.restore;

import io.stockledger.ledger.move.RecordedHold;
import io.stockledger.ledger.move.RecordedMove;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;

/**
 * A line of an export, with what follows from the lines before it.
 *
 * @param line the number of the line of the file
 * @param after the number of the move, the stock after it and its book date
 */
record ExportedMove(
    long line,
    LatestMove after,
    LocalDate date,
    long increment,
    String requestId,
    int lineNo,
    int lineCount,
    String note,
    Optional<RecordedHold> hold) {

  long itemId() {
    return after.itemId();
  }

  long moveNo() {
    return after.moveNo();
  }

  /** Whether the ledger has the same move at its place. Holds are compared by themselves. */
  boolean isSameAs(RecordedMove move) {
    return move.itemId() == itemId()
        && move.moveNo() == moveNo()
        && move.date().equals(date)
        && move.increment() == increment
        && move.stockAfter() == after.stockAfter()
        && move.requestId().equals(requestId)
        && move.lineNo() == lineNo
        && move.lineCount() == lineCount
        && move.note().equals(note);
  }

  /**
   * Whether the ledger has the same hold, or, before the holds are restored, what is restored of it
   * so far.
   */
  boolean hasHoldOf(RecordedMove move, boolean isRestored) {
    if (isRestored || hold.isEmpty()) {
      return move.hold().equals(hold);
    }
    return move.hold().isEmpty()
        || (move.hold().get().expiresAt().equals(hold.get().expiresAt())
            && (move.hold().get().end().isEmpty()
                || move.hold().get().end().equals(hold.get().end())));
  }

  /** Returns the move to append: of its request only this line matters, and how many there are. */
  NumberedMove numbered() {
    RequestLine move = new RequestLine(itemId(), increment);
    return new NumberedMove(
        new Request(requestId, date, note, Collections.nCopies(lineCount, move)), lineNo, after);
  }
}
