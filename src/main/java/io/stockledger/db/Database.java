package io.stockledger.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The database, opened: a pool of sessions at READ COMMITTED, and what kind of server it is.
 *
 * <p>READ COMMITTED so that each statement reads the latest that is committed, also in a
 * transaction: whoever waited in the queue reads what the one before wrote.
 */
public final class Database implements AutoCloseable {
  private final ConnectionSettings settings;
  private final SessionSource sessions;
  private final HikariDataSource pool;

  private Database(ConnectionSettings settings, SessionSource sessions, HikariDataSource pool) {
    this.settings = settings;
    this.sessions = sessions;
    this.pool = pool;
  }

  /**
   * Opens the first connection, and no more until they are asked for.
   *
   * @param connections how many may be in use at a time
   * @throws DatabaseUnreachableException at once if that can't be had
   */
  public static Database open(ConnectionSettings settings, int connections) {
    SessionSource sessions = new SessionSource(settings);
    try {
      sessions.openFirst();
    } catch (SQLException e) {
      throw unreachable(settings, e);
    }
    HikariConfig configuration = new HikariConfig();
    configuration.setDataSource(new PooledSessions(sessions));
    configuration.setPoolName("stock");
    configuration.setMaximumPoolSize(connections);
    configuration.setMinimumIdle(0);
    // Each host may take the connect timeout; the pool wants at least 250 ms.
    configuration.setConnectionTimeout(
        Math.max(250, settings.connectTimeout().toMillis() * settings.url().hosts().size()));
    // The pool's own check at start waits a second when the server refuses.
    configuration.setInitializationFailTimeout(-1);
    configuration.setExceptionOverride(new EvictOnLoss());
    return new Database(settings, sessions, new HikariDataSource(configuration));
  }

  /**
   * Takes a connection, in autocommit, from the pool; closing it gives it back.
   *
   * @throws DatabaseUnreachableException if none can be had within the connect timeout of each host
   */
  public Connection connection() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw unreachable(settings, e);
    }
  }

  /** Throws a connection away whose session is not as the pool must have it. */
  public void discard(Connection connection) {
    pool.evictConnection(connection);
  }

  /** How long and how often to try, as the settings say. */
  public RetryPolicy retryPolicy() {
    return RetryPolicy.within(settings.retryLimit());
  }

  /** Whether the server is TiDB: then there is TiFlash, or may be. */
  public boolean isTidb() {
    return sessions.isTidb();
  }

  /** The session behind a connection of this database. */
  Session session(Connection connection) throws SQLException {
    return sessions.session(connection);
  }

  /** How long one statement may take. */
  Duration statementTimeout() {
    return settings.statementTimeout();
  }

  /** Hosts and schema, for a person. */
  @Override
  public String toString() {
    return settings.url().toString();
  }

  @Override
  public void close() {
    pool.close();
    sessions.closeFirst();
  }

  private static DatabaseUnreachableException unreachable(
      ConnectionSettings settings, SQLException error) {
    return new DatabaseUnreachableException(
        "Can't connect to the database at "
            + settings.url()
            + " as "
            + settings.user()
            + ": "
            + reason(settings, error),
        error);
  }

  /** The driver says "Communications link failure" of them all and has the reason below it. */
  private static String reason(ConnectionSettings settings, SQLException error) {
    Throwable reason = error;
    // The pool says "connection is not available" and has the driver's error below it.
    while (reason.getCause() instanceof SQLException cause) {
      reason = cause;
    }
    Throwable root = reason;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof SocketTimeoutException) {
      return "no answer within " + settings.connectTimeout().toSeconds() + " s";
    }
    return root instanceof IOException && root.getMessage() != null
        ? firstLine(root.getMessage())
        : firstLine(reason.getMessage());
  }

  private static String firstLine(String message) {
    return message == null ? "no reason given" : message.strip().lines().findFirst().orElse("");
  }
}
