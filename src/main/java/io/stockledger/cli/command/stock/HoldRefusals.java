package io.stockledger.cli.command.stock;

import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.words.HoldWords;
import io.stockledger.ledger.hold.Ending;

/** The report of a hold that could not be ended as it was asked for. */
final class HoldRefusals {
  private HoldRefusals() {}

  /** Writes the refusal, and returns its exit status. */
  static int write(Output output, String holdId, Ending.NotEnded ending) {
    output.refusedBecause(HoldWords.notEnded(holdId, ending), HoldWords.sentence(holdId, ending));
    return ExitCode.REFUSED;
  }
}
