package io.stockledger.cli.failure;

import io.stockledger.cli.output.Row;
import io.stockledger.ledger.transfer.Rejection;
import io.stockledger.ledger.transfer.lines.RejectionReason;

/** A line of a file that is left out, for programs. */
public final class RejectedLine {
  private RejectedLine() {}

  /** Returns its number, its request id if it has one, the reason and the sentence for a person. */
  public static Row row(Rejection rejection) {
    Row line = Row.of("line", rejection.lineNumber());
    Row requestId =
        rejection.requestId().isEmpty() ? Row.of() : Row.of("request_id", rejection.requestId());
    return line.and(requestId)
        .and(
            Row.of(
                "reason", kind(rejection.reason()),
                "message", Refusals.sentence(rejection.reason())));
  }

  /** Returns the word that a refused command has as its reason, or one that only lines have. */
  private static String kind(RejectionReason reason) {
    if (reason instanceof RejectionReason.Faulty) {
      return "faulty";
    }
    if (reason instanceof RejectionReason.SeeLine) {
      return "other_line";
    }
    if (reason instanceof RejectionReason.Insufficient
        || reason instanceof RejectionReason.InsufficientForRequest) {
      return "insufficient_stock";
    }
    if (reason instanceof RejectionReason.UnknownItem
        || reason instanceof RejectionReason.UnknownCode) {
      return "unknown_item";
    }
    if (reason instanceof RejectionReason.TooLarge) {
      return "stock_too_large";
    }
    if (reason instanceof RejectionReason.SumOutOfRange) {
      return "sum_out_of_range";
    }
    if (reason instanceof RejectionReason.NoSuchMove) {
      return "unknown_move";
    }
    return reason instanceof RejectionReason.ItemExists ? "item_exists" : "request_id_reused";
  }
}
