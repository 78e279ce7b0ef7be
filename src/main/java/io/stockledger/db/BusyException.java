package io.stockledger.db;

import java.sql.SQLException;

/**
 * Every try met a conflict, or the database could not serve it now. Its message is for work that is
 * done in one statement or transaction: nothing was changed.
 */
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int tries;
  private final SqlFailure failure;

  public BusyException(int tries, SQLException cause) {
    super(
        "Gave up after "
            + tries
            + " tries; nothing was changed. Try again later. The last answer was: "
            + cause.getMessage(),
        cause);
    this.tries = tries;
    this.failure = SqlFailure.of(cause);
  }

  /** How many tries there were. */
  public int tries() {
    return tries;
  }

  /** What the last answer asked for. */
  public SqlFailure failure() {
    return failure;
  }
}
