package io.stockledger.db;

/** No connection could be had. */
public final class DatabaseUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DatabaseUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
