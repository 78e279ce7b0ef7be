package io.stockledger.ledger.transfer;

import io.stockledger.ledger.transfer.lines.FileRequest;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import java.util.ArrayList;
import java.util.List;

/** What became of a request of a file once it is done. */
sealed interface RequestResult {

  /** Its moves were appended by this run. */
  record Made() implements RequestResult {}

  /** Its moves were in the ledger before. */
  record MadeBefore() implements RequestResult {}

  /**
   * It was refused, or it is faulty.
   *
   * @param reasons why each of its lines is rejected, in their order
   */
  record Rejected(List<RejectionReason> reasons) implements RequestResult {}

  RequestResult MADE = new Made();
  RequestResult MADE_BEFORE = new MadeBefore();

  /** Returns that a request was refused: its first line has the reason, and the others name it. */
  static RequestResult refused(FileRequest request, RejectionReason reason) {
    int lines = request.lines().size();
    if (lines == 1) {
      return new Rejected(List.of(reason));
    }
    List<RejectionReason> reasons = new ArrayList<>(List.of(reason));
    while (reasons.size() < lines) {
      reasons.add(new RejectionReason.SeeLine(request.number()));
    }
    return new Rejected(reasons);
  }
}
