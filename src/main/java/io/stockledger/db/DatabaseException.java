package io.stockledger.db;

import java.sql.SQLException;

/** The database answered with an error that trying again does not mend. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final SQLException error;

  public DatabaseException(SQLException error) {
    super(error.getMessage(), error);
    this.error = error;
  }

  /** The server's or driver's error. */
  public SQLException error() {
    return error;
  }
}
