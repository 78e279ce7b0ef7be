package io.stockledger.db.failure;

import java.sql.SQLException;

/** The database answered with an error that another try does not remove. */
public final class DatabaseException extends KnownException {
  private static final long serialVersionUID = 1;

  private final SQLException error;
  private final boolean isAfterChanges;

  public DatabaseException(SQLException error) {
    this(error, false);
  }

  /**
   * Tells of an error.
   *
   * @param isAfterChanges whether the work may have changed something before the error
   */
  public DatabaseException(SQLException error, boolean isAfterChanges) {
    super(kind(error), error.getMessage(), error);
    this.error = error;
    this.isAfterChanges = isAfterChanges;
  }

  private static String kind(SQLException error) {
    if (SqlFailure.isStatementBinlog(error)) {
      return "setting_refused";
    }
    return SqlFailure.of(error) == SqlFailure.NO_PRIVILEGE ? "no_privilege" : "database_error";
  }

  /** The server's or driver's error. */
  public SQLException error() {
    return error;
  }

  /** Whether the work may have changed something before the error. */
  public boolean isAfterChanges() {
    return isAfterChanges;
  }

  /** The class of the error. */
  public SqlFailure failure() {
    return SqlFailure.of(error);
  }
}
