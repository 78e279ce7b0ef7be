package io.stockledger.ledger;

import io.stockledger.ledger.rule.HoldOutcome;
import java.util.Optional;

/** The request is a hold that was not committed, so there is no sale to reverse. */
public final class NotSoldException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final String requestId;
  private final transient Optional<HoldOutcome> outcome;

  NotSoldException(String requestId, Optional<HoldOutcome> outcome) {
    super("not_sold", "hold " + requestId + " is not committed");
    this.requestId = requestId;
    this.outcome = outcome;
  }

  /** The request id of the hold. */
  public String requestId() {
    return requestId;
  }

  /** How the hold ended; empty if it is open. */
  public Optional<HoldOutcome> outcome() {
    return outcome;
  }
}
