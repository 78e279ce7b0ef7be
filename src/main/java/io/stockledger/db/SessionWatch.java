package io.stockledger.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds out whether the server still has sessions whose connections were lost. As long as it has
 * one, a statement that was sent to that session may yet be executed.
 */
final class SessionWatch {
  // PROCESSLIST shows the sessions of one TiDB server only (docs.pingcap.com, CLUSTER_PROCESSLIST).
  // The alias distinguishes the session from a later one to which a restarted TiDB server gave the
  // same number.
  private static final String SESSIONS_OF_CLUSTER =
      """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.CLUSTER_PROCESSLIST
      WHERE ID = ? AND SESSION_ALIAS = ?
      """;

  private static final String SESSIONS_OF_SERVER =
      """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.PROCESSLIST WHERE ID = ?
      """;

  /** Whole seconds, rounded down, since the server was started. */
  private static final String UPTIME = "SHOW GLOBAL STATUS LIKE 'Uptime'";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Database database;

  SessionWatch(Database database) {
    this.database = database;
  }

  private enum Presence {
    GONE,
    THERE,
    NOT_KNOWN
  }

  /**
   * Waits until the server has none of the sessions any more, so that nothing that was sent to them
   * can commit.
   *
   * @param isOverdue whether to stop waiting
   * @return false if one is still there, or if that can't be found out
   */
  boolean awaitGone(Connection connection, List<Session> sessions, BooleanSupplier isOverdue)
      throws SQLException {
    for (Session session : sessions) {
      Duration pause = FIRST_PAUSE;
      Presence presence = presence(connection, session);
      while (presence == Presence.THERE && !isOverdue.getAsBoolean()) {
        Retry.pause(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        presence = presence(connection, session);
      }
      if (presence != Presence.GONE) {
        return false;
      }
    }
    return true;
  }

  private Presence presence(Connection connection, Session session) throws SQLException {
    if (database.isTidb()) {
      return presenceInCluster(connection, session);
    }
    Session own = database.session(connection);
    // Another server's list says nothing about a session of this one.
    if (!session.host().equals(own.host())) {
      return Presence.NOT_KNOWN;
    }
    // A server that was started again may have given the lost session's number to this session. The
    // number is that of the greeting, because CONNECTION_ID() returns the variable pseudo_thread_id
    // on
    // MySQL and MariaDB, which a session can set to any number.
    return session.id() == own.id() ? Presence.GONE : presenceOnServer(connection, session);
  }

  private static Presence presenceInCluster(Connection connection, Session session)
      throws SQLException {
    try (PreparedStatement statement =
        Sql.prepare(connection, SESSIONS_OF_CLUSTER, session.id(), session.alias())) {
      long count = Sql.rows(statement, row -> row.getLong(1)).get(0);
      // A TiDB server that can't be reached is left out of the list with a warning.
      return statement.getWarnings() != null
          ? Presence.NOT_KNOWN
          : count > 0 ? Presence.THERE : Presence.GONE;
    }
  }

  private static Presence presenceOnServer(Connection connection, Session session)
      throws SQLException {
    return Sql.number(connection, SESSIONS_OF_SERVER, session.id()) > 0
            && !isRestartedSince(connection, session)
        ? Presence.THERE
        : Presence.GONE;
  }

  /**
   * A server numbers its sessions from 1 after each start, and never twice between two starts. The
   * server counts whole seconds, so a session that was opened less than a second before the start
   * counts as still there.
   */
  private static boolean isRestartedSince(Connection connection, Session session)
      throws SQLException {
    Optional<Long> uptime = Sql.row(connection, UPTIME, row -> row.getLong(2));
    return uptime.isPresent() && session.age().compareTo(Duration.ofSeconds(uptime.get() + 1)) >= 0;
  }
}
