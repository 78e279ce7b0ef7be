package io.stockledger.ledger.transfer.count;

import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.transfer.lines.RejectionReason;

/** What became of a line of a file of counts. */
sealed interface LineResult {

  /** The count was made by this run, or would be. */
  record Made(Count count) implements LineResult {}

  /** The count was in the ledger before. */
  record MadeBefore(Count count) implements LineResult {}

  /** The line is refused or faulty. */
  record Rejected(RejectionReason reason) implements LineResult {}
}
