package io.stockledger.db;

import java.time.Duration;

/**
 * The settings of the connections to a database.
 *
 * @param url JDBC URL without user or password
 * @param password empty for none
 * @param connectTimeout how long opening a connection may take
 * @param statementTimeout how long one statement may take; after it the connection counts as lost
 * @param retryLimit how long after the first failure another try may begin
 */
public record ConnectionSettings(
    DatabaseUrl url,
    String user,
    String password,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration retryLimit) {

  /** Returns these settings with another statement timeout. */
  public ConnectionSettings withStatementTimeout(Duration timeout) {
    return new ConnectionSettings(url, user, password, connectTimeout, timeout, retryLimit);
  }

  /** Returns user and database, without the password. */
  @Override
  public String toString() {
    return user + "@" + url;
  }
}
