package io.stockledger.db;

import java.sql.Connection;
import java.sql.SQLException;

/** The open sessions of a database, each of which has one user at a time. */
interface SessionLoan extends AutoCloseable {
  /**
   * Lends a session that no other user has. Its connection is in autocommit.
   *
   * @throws SQLException if none is free and none can be opened within the connect timeout of each
   *     host
   */
  Connection take() throws SQLException;

  /** Takes back a session that {@link #take} has lent. */
  void giveBack(Connection connection);

  /** Closes a session that is not in the state in which sessions are kept. */
  void discard(Connection connection);

  @Override
  void close();
}
