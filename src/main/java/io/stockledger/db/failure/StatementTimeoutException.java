package io.stockledger.db.failure;

import java.time.Duration;

/** A statement took longer than it may. It may still be running on the server. */
public final class StatementTimeoutException extends KnownException {
  private static final long serialVersionUID = 1;

  private final Duration limit;

  public StatementTimeoutException(Duration limit, Throwable cause) {
    super("statement_timeout", "no answer within " + limit, cause);
    this.limit = limit;
  }

  /** How long a statement may take. */
  public Duration limit() {
    return limit;
  }
}
