package io.stockledger.ledger.transfer;

/** What became of a line once it is done. */
sealed interface LineResult {

  /** Its move was appended by this run. */
  record Made() implements LineResult {}

  /** Its move was in the ledger before. */
  record MadeBefore() implements LineResult {}

  /** It was refused, or it is faulty. */
  record Rejected(RejectionReason reason) implements LineResult {}

  LineResult MADE = new Made();
  LineResult MADE_BEFORE = new MadeBefore();
}
