package io.stockledger.db.failure;

import java.sql.SQLException;

/** Every try met a conflict, or the database could not serve it at that time. */
public final class BusyException extends KnownException {
  private static final long serialVersionUID = 1;

  private final int tries;
  private final SQLException lastError;

  public BusyException(int tries, SQLException lastError) {
    super("busy", "busy after " + tries + " tries: " + lastError.getMessage(), lastError);
    this.tries = tries;
    this.lastError = lastError;
  }

  /** How many tries there were. */
  public int tries() {
    return tries;
  }

  /** The error that the last try met. */
  public SQLException lastError() {
    return lastError;
  }

  /** The class of the last error. */
  public SqlFailure failure() {
    return SqlFailure.of(lastError);
  }
}
