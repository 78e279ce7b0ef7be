package io.stockledger.db;

import java.time.Duration;

/** A statement took longer than it may. It may still be running on the server. */
public final class StatementTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StatementTimeoutException(Duration limit, Throwable cause) {
    super(
        "The database did not answer a statement within "
            + limit.toSeconds()
            + " s, and may still be at it. Give it more time with --statement-timeout.",
        cause);
  }
}
