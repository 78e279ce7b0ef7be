package io.stockledger.db;

import java.time.Duration;

/** A statement took longer than it may. It may still be running on the server. */
public final class StatementTimeoutException extends StockException {
  private static final long serialVersionUID = 1;

  private final Duration limit;

  public StatementTimeoutException(Duration limit, Throwable cause) {
    super(Kind.STATEMENT_TIMEOUT, "no answer within " + limit, cause);
    this.limit = limit;
  }

  /** How long a statement may take. */
  public Duration limit() {
    return limit;
  }
}
