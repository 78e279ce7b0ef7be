package io.stockledger.db;

import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A statement that the server parses once per session and then runs many times. Sent as text it is
 * parsed twice each time: Connector/J looks for its placeholders and the server for its values. For
 * an INSERT of a thousand rows that takes longer than the insert.
 *
 * <p>Several threads may use it, each on a connection of its own.
 */
public final class PreparedByServer {
  private final String sql;

  /** By session: what is prepared lives as long as the session does. */
  private final Map<JdbcConnection, PreparedStatement> statements =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /**
   * Makes a statement that no session knows yet.
   *
   * @param sql has at most 65,535 placeholders (dev.mysql.com, "COM_STMT_PREPARE Response")
   */
  public PreparedByServer(String sql) {
    this.sql = sql;
  }

  /**
   * Runs the statement.
   *
   * @param parameters of the same types each time, so that the types are sent once
   * @return the number of rows that it wrote, as the driver counts them
   */
  public int update(Connection connection, Object... parameters) throws SQLException {
    JdbcConnection session = connection.unwrap(JdbcConnection.class);
    PreparedStatement statement = of(session);
    try {
      return Sql.setParameters(statement, parameters).executeUpdate();
    } catch (SQLException e) {
      // The session may be lost, or the server may no longer know the statement.
      forget(session, e);
      throw e;
    }
  }

  /** The pool would close a statement of its own connection when the connection is given back. */
  private PreparedStatement of(JdbcConnection session) throws SQLException {
    PreparedStatement known = statements.get(session);
    if (known != null) {
      return known;
    }
    statements.keySet().removeIf(PreparedByServer::isClosed);
    PreparedStatement prepared = session.serverPrepareStatement(sql);
    statements.put(session, prepared);
    return prepared;
  }

  private void forget(JdbcConnection session, SQLException error) {
    try {
      statements.remove(session).close();
    } catch (SQLException e) {
      error.addSuppressed(e);
    }
  }

  private static boolean isClosed(JdbcConnection session) {
    try {
      return session.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }
}
