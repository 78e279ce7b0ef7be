package io.stockledger.ledger.hold;

import io.stockledger.ledger.rule.HoldOutcome;

/** The result of a request to end a hold. */
public sealed interface Ending {

  /**
   * The hold has the end that was asked for. A release of a hold that had expired is one: its units
   * are back.
   *
   * @param outcome how the hold ended
   * @param isRepeated whether another request had ended the hold, so that nothing was changed
   */
  record Ended(HoldOutcome outcome, boolean isRepeated) implements Ending {}

  /** The request is refused, and nothing is changed. */
  sealed interface NotEnded extends Ending {}

  /** The hold has ended otherwise. */
  record EndedOtherwise(HoldOutcome outcome) implements NotEnded {}

  /** The time of the hold is over, so it can't be committed. Its units are not released yet. */
  record Overdue() implements NotEnded {}

  /** No hold has that request id. */
  record NoSuchHold() implements NotEnded {}
}
