package io.stockledger.cli.command.stock;

import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Row;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.rule.HoldOutcome;

/** The words for a hold that could not be ended as it was asked for. */
final class HoldRefusals {
  private HoldRefusals() {}

  /** Writes the refusal, and returns its exit status. */
  static int write(Output output, String holdId, Ending ending) {
    if (ending instanceof Ending.EndedOtherwise ended) {
      return write(output, "hold_" + ended.outcome().word(), holdId, sentence(ended.outcome()));
    }
    return ending instanceof Ending.Overdue
        ? write(
            output,
            "hold_overdue",
            holdId,
            "The time of hold %s is over, so it can't be committed. release-hold gives its units"
                + " back.")
        : write(output, "unknown_hold", holdId, "No hold has request id %s.");
  }

  private static int write(Output output, String reason, String holdId, String sentence) {
    output.refusedBecause(
        Row.of("reason", reason, "request_id", holdId), sentence.formatted(holdId));
    return ExitCode.REFUSED;
  }

  private static String sentence(HoldOutcome outcome) {
    return switch (outcome) {
      case COMMITTED ->
          "Hold %1$s is committed: its units are sold. To take them back: reverse-move --request-id"
              + " %1$s";
      case RELEASED -> "Hold %s was released before: its units are back in the stock.";
      case EXPIRED ->
          "The time of hold %s was over and it was released: its units are back in the stock.";
    };
  }
}
