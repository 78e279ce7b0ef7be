package io.stockledger.ledger;

import io.stockledger.db.failure.KnownException;
import io.stockledger.db.failure.StatementTimeoutException;

/**
 * The connection was lost while a move was being written, or the statement was not answered in
 * time, and what became of the move could not be found out: neither success nor failure.
 */
public final class OutcomeUnknownException extends KnownException {
  private static final long serialVersionUID = 1;

  private final String requestId;

  public OutcomeUnknownException(String requestId, Throwable cause) {
    super("outcome_unknown", "outcome of request " + requestId + " is not known", cause);
    this.requestId = requestId;
  }

  /** The request to send again: the move is made at most once. */
  public String requestId() {
    return requestId;
  }

  /** Whether the statement was not answered in time, rather than its connection lost. */
  public boolean isAfterTimeout() {
    return getCause() instanceof StatementTimeoutException;
  }
}
