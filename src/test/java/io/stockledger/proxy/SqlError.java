package io.stockledger.proxy;

/**
 * An error that a server answers with.
 *
 * @param code the server's number, such as 9007
 * @param sqlState five characters, such as {@code HY000}
 * @param text the message
 */
public record SqlError(int code, String sqlState, String text) {
  public SqlError {
    if (sqlState.length() != 5) {
      throw new IllegalArgumentException("An SQLSTATE has five characters: " + sqlState);
    }
  }
}
