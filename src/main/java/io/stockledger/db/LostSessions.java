package io.stockledger.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The sessions that one unit of work lost. While the server still has one of them, a statement that
 * was sent to it may yet be executed.
 */
final class LostSessions {
  // PROCESSLIST shows the sessions of one TiDB server only (docs.pingcap.com, CLUSTER_PROCESSLIST).
  // The alias tells the session from a later one with the same number, which a TiDB server that was
  // restarted may have given out again.
  private static final String SESSIONS_OF_CLUSTER =
      """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.CLUSTER_PROCESSLIST
      WHERE ID = ? AND SESSION_ALIAS = ?
      """;

  private static final String SESSIONS_OF_SERVER =
      """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.PROCESSLIST
      WHERE ID = ? AND ID <> CONNECTION_ID()
      """;

  /** Whole seconds, rounded down, since the server was started. */
  private static final String UPTIME = "SHOW GLOBAL STATUS LIKE 'Uptime'";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final List<Session> sessions = new ArrayList<>();

  private enum Look {
    GONE,
    THERE,
    NOT_KNOWN
  }

  void add(Session session) {
    sessions.add(session);
  }

  void addAll(LostSessions others) {
    sessions.addAll(others.sessions);
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  /**
   * Waits until none of them is on the server any more, so that nothing they were sent can commit.
   *
   * @param database where the connection is from
   * @param isOverdue whether to stop waiting
   * @return false if one is still there, or if that can't be learnt
   */
  boolean awaitGone(Database database, Connection connection, BooleanSupplier isOverdue)
      throws SQLException {
    for (Session session : sessions) {
      Duration pause = FIRST_PAUSE;
      Look look = look(database, connection, session);
      while (look == Look.THERE && !isOverdue.getAsBoolean()) {
        Retry.pause(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        look = look(database, connection, session);
      }
      if (look != Look.GONE) {
        return false;
      }
    }
    return true;
  }

  private static Look look(Database database, Connection connection, Session session)
      throws SQLException {
    if (database.isTidb()) {
      return lookInCluster(connection, session);
    }
    // Another server's list says nothing about a session of this one.
    return session.host().equals(database.session(connection).host())
        ? lookOnServer(connection, session)
        : Look.NOT_KNOWN;
  }

  private static Look lookInCluster(Connection connection, Session session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SESSIONS_OF_CLUSTER)) {
      statement.setLong(1, session.id());
      statement.setString(2, session.alias());
      boolean there = isAny(statement);
      // A TiDB server that can't be reached is left out of the list with a warning.
      return statement.getWarnings() != null ? Look.NOT_KNOWN : there ? Look.THERE : Look.GONE;
    }
  }

  private static Look lookOnServer(Connection connection, Session session) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SESSIONS_OF_SERVER)) {
      statement.setLong(1, session.id());
      return isAny(statement) && !isRestartedSince(connection, session) ? Look.THERE : Look.GONE;
    }
  }

  private static boolean isAny(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1) > 0;
    }
  }

  /**
   * A server numbers its sessions from 1 after each start, and never twice between two starts. The
   * server counts whole seconds, so a session that was opened less than one before the start counts
   * as still there.
   */
  private static boolean isRestartedSince(Connection connection, Session session)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(UPTIME)) {
      return rows.next() && session.age().compareTo(Duration.ofSeconds(rows.getLong(2) + 1)) >= 0;
    }
  }
}
