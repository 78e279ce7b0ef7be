package io.stockledger.ledger.rule;

import java.util.Optional;

/**
 * A hold that the ledger has.
 *
 * @param isOverdue whether its time is over, by the server's clock
 * @param outcome how it ended; empty while it is open
 */
public record HoldState(boolean isOverdue, Optional<HoldOutcome> outcome) {
  /** A hold that can be committed and released. */
  public static final HoldState OPEN = new HoldState(false, Optional.empty());

  static HoldState ended(HoldOutcome outcome) {
    return new HoldState(false, Optional.of(outcome));
  }

  /**
   * Returns the answer to a request that would end the hold; empty if it may. A hold has one end,
   * and a hold whose time is over can't be committed.
   */
  Optional<Decision> answerTo(Purpose.HoldEnd end) {
    if (outcome.isEmpty()) {
      return isOverdue && !end.outcome().givesBack()
          ? Optional.of(new Decision.HoldOverdue(end.holdId()))
          : Optional.empty();
    }
    HoldOutcome standing = outcome.get();
    return Optional.of(
        standing.givesBack() == end.outcome().givesBack()
            ? new Decision.Accepted(true, new Purpose.HoldEnd(end.holdId(), standing))
            : new Decision.HoldEnded(end.holdId(), standing));
  }
}
