package io.stockledger.db;

import java.sql.SQLException;

/** The database answered with an error that another try does not remove. */
public final class DatabaseException extends StockException {
  private static final long serialVersionUID = 1;

  private final SQLException error;

  public DatabaseException(SQLException error) {
    super(Kind.DATABASE_ERROR, error.getMessage(), error);
    this.error = error;
  }

  /** The server's or driver's error. */
  public SQLException error() {
    return error;
  }

  /** The class of the error. */
  public SqlFailure failure() {
    return SqlFailure.of(error);
  }
}
