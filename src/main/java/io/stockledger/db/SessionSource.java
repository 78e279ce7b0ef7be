package io.stockledger.db;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.Driver;
import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.WeakHashMap;

/**
 * Opens sessions at the first host of the URL that accepts one, and sets their variables.
 *
 * <p>This class tries the hosts by itself, with one connection of the driver per host, because the
 * driver's own failover puts another session behind an open connection without an error: after 50
 * statements or 30 seconds, and also between an INSERT and its COMMIT, it goes back to the first
 * host (secondsBeforeRetrySource, queriesBeforeRetrySource; dev.mysql.com, "Configuring Server
 * Failover"). Here a connection is one session until it is closed, so a COMMIT that succeeds
 * commits what was inserted before it on that connection.
 */
final class SessionSource {
  // Returns a row on TiDB only and is no error elsewhere. VERSION() is no substitute, because TiDB
  // can be configured to return any text (docs.pingcap.com, server-version).
  private static final String IS_TIDB = "SHOW VARIABLES LIKE 'tidb_txn_mode'";

  private static final String READ_COMMITTED =
      "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

  // A server or the URL may turn autocommit off (init_connect, sessionVariables): then what was
  // written would be rolled back when the session ends. Without unique checks InnoDB may accept a
  // number twice (dev.mysql.com, unique_checks), and the ledger rests on unique keys.
  private static final String COMMIT_EACH_AND_CHECK_KEYS =
      "SET SESSION autocommit = 1, unique_checks = 1";

  // SELECT … FOR UPDATE locks in a pessimistic transaction only, and a server may have another
  // default (docs.pingcap.com, pessimistic transactions). With each of the next four variables a
  // session would read old data and its writes would fail or decide on old data (docs.pingcap.com,
  // tidb_read_staleness, tidb_low_resolution_tso, AS OF TIMESTAMP, tidb_snapshot). TiDB itself runs
  // an autocommit statement that met a conflict again, up to tidb_retry_limit times, with growing
  // waits (docs.pingcap.com, tidb_retry_limit): the conflict must come out at once, so that the
  // writer can queue. CLUSTER_PROCESSLIST shows the alias (docs.pingcap.com, tidb_session_alias,
  // since v7.4).
  private static final String READ_THE_LATEST_AND_LOCK =
      """
      SET SESSION tidb_txn_mode = 'pessimistic', tidb_read_staleness = '',
        tidb_low_resolution_tso = 0, tx_read_ts = '', tidb_snapshot = '', tidb_retry_limit = 0,
        tidb_session_alias = ?
      """;

  private final DatabaseUrl url;
  private final Properties properties;
  private final int statementTimeoutMillis;
  private final Optional<StatementListener> listener;
  // By weak keys, so that the entry of an unused connection is collected with it.
  private final Map<Connection, Session> sessions =
      Collections.synchronizedMap(new WeakHashMap<>());
  private Connection first;
  private boolean tidb;

  SessionSource(ConnectionSettings settings, Optional<StatementListener> listener) {
    this.listener = listener;
    url = settings.url();
    properties = properties(settings);
    statementTimeoutMillis = Math.toIntExact(settings.statementTimeout().toMillis());
  }

  private static Properties properties(ConnectionSettings settings) {
    Duration connectTimeout = settings.connectTimeout();
    String connectTimeoutMillis = String.valueOf(connectTimeout.toMillis());
    Properties properties = new Properties();
    properties.setProperty(PropertyKey.USER.getKeyName(), settings.user());
    properties.setProperty(PropertyKey.PASSWORD.getKeyName(), settings.password());
    properties.setProperty(PropertyKey.connectTimeout.getKeyName(), connectTimeoutMillis);
    // Applies until the session is set up, because a server may accept a connection and never
    // greet.
    properties.setProperty(PropertyKey.socketTimeout.getKeyName(), connectTimeoutMillis);
    // Saves round trips: the driver remembers the session's state instead of asking for it.
    properties.setProperty(PropertyKey.useLocalSessionState.getKeyName(), "true");
    // The queue sends a whole transaction in one message. That opens no hole, because no value is
    // ever part of the text of a statement.
    properties.setProperty(PropertyKey.allowMultiQueries.getKeyName(), "true");
    properties.setProperty(PropertyKey.characterEncoding.getKeyName(), "UTF-8");
    return properties;
  }

  /** Finds out what kind of server it is, on a connection that {@link #open} returns first. */
  void openFirst() throws SQLException {
    Connection connection = connect();
    try {
      tidb = Sql.row(connection, IS_TIDB, row -> true).isPresent();
      prepare(connection);
    } catch (SQLException e) {
      closeAfter(e, connection);
      throw e;
    }
    first = connection;
  }

  boolean isTidb() {
    return tidb;
  }

  /** Returns a session whose variables are set. */
  Connection open() throws SQLException {
    Connection opened = takeFirst();
    if (opened != null) {
      return opened;
    }
    Connection connection = connect();
    try {
      prepare(connection);
    } catch (SQLException e) {
      closeAfter(e, connection);
      throw e;
    }
    return connection;
  }

  private synchronized Connection takeFirst() {
    Connection opened = first;
    first = null;
    return opened;
  }

  /** Closes the first connection if {@link #open} has not returned it. */
  void closeFirst() {
    Connection opened = takeFirst();
    if (opened == null) {
      return;
    }
    try {
      opened.close();
    } catch (SQLException e) {
      // Nothing was written on it.
    }
  }

  /** Returns the session of a connection that {@link #open} returned. */
  Session session(Connection connection) throws SQLException {
    return sessions.get(connection.unwrap(JdbcConnection.class));
  }

  /** Tries each host once. If a host answers with an error, no further host is tried. */
  private Connection connect() throws SQLException {
    SQLException unreachable = null;
    for (DatabaseUrl.Host host : url.hosts()) {
      try {
        return connect(host);
      } catch (SQLException e) {
        if (unreachable != null) {
          e.addSuppressed(unreachable);
        }
        if (!SqlFailure.of(e).isConnectionLost()) {
          throw e;
        }
        unreachable = e;
      }
    }
    throw unreachable;
  }

  private Connection connect(DatabaseUrl.Host host) throws SQLException {
    Properties all = new Properties();
    all.putAll(host.properties());
    all.putAll(properties);
    long openedNanos = System.nanoTime();
    Connection connection = new Driver().connect(host.jdbcUrl(), all);
    sessions.put(
        connection,
        new Session(
            host.address(), sessionId(connection), "stock-" + UUID.randomUUID(), openedNanos));
    return listener.map(told -> ObservedConnection.of(connection, told)).orElse(connection);
  }

  /**
   * Returns the number by which the server's process list names a session.
   *
   * <p>TiDB's greeting has 32 bits for it. That is the whole number while {@code
   * enable-32bits-connection-id} is on, the default since v7.3 (docs.pingcap.com, TiDB
   * configuration file).
   */
  private static long sessionId(Connection connection) throws SQLException {
    return connection.unwrap(MysqlConnection.class).getSession().getThreadId();
  }

  private void prepare(Connection connection) throws SQLException {
    Sql.update(connection, COMMIT_EACH_AND_CHECK_KEYS);
    Sql.update(connection, READ_COMMITTED);
    if (tidb) {
      Sql.update(connection, READ_THE_LATEST_AND_LOCK, session(connection).alias());
    }
    connection.setNetworkTimeout(Runnable::run, statementTimeoutMillis);
  }

  private static void closeAfter(SQLException error, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      error.addSuppressed(e);
    }
  }
}
