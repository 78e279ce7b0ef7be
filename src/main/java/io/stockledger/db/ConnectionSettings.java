package io.stockledger.db;

import java.time.Duration;

/**
 * Where the database is and who asks.
 *
 * @param url JDBC URL without user or password
 * @param password empty for none
 * @param connectTimeout how long opening a connection may take
 * @param statementTimeout how long one statement may take; the connection counts as lost after it
 * @param retryLimit how long after the first failure another try may begin
 */
public record ConnectionSettings(
    DatabaseUrl url,
    String user,
    String password,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration retryLimit) {

  /** Does not tell the password. */
  @Override
  public String toString() {
    return user + "@" + url;
  }
}
