package io.stockledger.db;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.Driver;
import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.WeakHashMap;

/**
 * Opens sessions at the first host of the URL that takes one, and sets them up.
 *
 * <p>It tries the hosts itself, one driver connection for one host. The driver's own failover would
 * put another session behind an open connection without a word: after 50 statements or 30 seconds
 * it goes back to the first host (secondsBeforeRetrySource, queriesBeforeRetrySource;
 * dev.mysql.com, "Configuring Server Failover"), also between an INSERT and its COMMIT. Here a
 * connection is one session until it is closed, so a COMMIT speaks for what was inserted before it.
 */
final class SessionSource {
  // Non-empty on TiDB only and no error elsewhere; VERSION() can be set to anything there
  // (docs.pingcap.com, server-version).
  private static final String IS_TIDB = "SHOW VARIABLES LIKE 'tidb_txn_mode'";

  private static final String READ_COMMITTED =
      "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

  // A server or the URL may have autocommit off (init_connect, sessionVariables): what was written
  // would be gone at the end of the session. Without unique checks InnoDB may let a number in twice
  // (dev.mysql.com, unique_checks): the one thing that the ledger rests on.
  private static final String COMMIT_EACH_AND_CHECK_KEYS =
      "SET SESSION autocommit = 1, unique_checks = 1";

  // SELECT … FOR UPDATE locks in a pessimistic transaction only, and a server may have another
  // default (docs.pingcap.com, pessimistic transactions). The next four make a session read old
  // data, and its writes fail or decide on old data (docs.pingcap.com, tidb_read_staleness,
  // tidb_low_resolution_tso, AS OF TIMESTAMP, tidb_snapshot). The alias is what CLUSTER_PROCESSLIST
  // shows of the session (docs.pingcap.com, tidb_session_alias, since v7.4). TiDB itself runs an
  // autocommit statement that met a conflict again, up to tidb_retry_limit times, with growing
  // waits
  // (docs.pingcap.com, tidb_retry_limit): the conflict has to come out at once, so that the writer
  // queues.
  private static final String READ_THE_LATEST_AND_LOCK =
      """
      SET SESSION tidb_txn_mode = 'pessimistic', tidb_read_staleness = '',
        tidb_low_resolution_tso = 0, tx_read_ts = '', tidb_snapshot = '', tidb_retry_limit = 0,
        tidb_session_alias = ?
      """;

  private final DatabaseUrl url;
  private final Properties properties;
  private final int statementTimeoutMillis;
  // A connection that nobody holds any more takes its entry with it.
  private final Map<Connection, Session> sessions =
      Collections.synchronizedMap(new WeakHashMap<>());
  private Connection first;
  private boolean tidb;

  SessionSource(ConnectionSettings settings) {
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
    // Until the session is set up: a server may take the connection and never greet.
    properties.setProperty(PropertyKey.socketTimeout.getKeyName(), connectTimeoutMillis);
    // The driver remembers what it has set instead of asking the server each time.
    properties.setProperty(PropertyKey.useLocalSessionState.getKeyName(), "true");
    // The queue sends a whole transaction in one message. No statement is made from values.
    properties.setProperty(PropertyKey.allowMultiQueries.getKeyName(), "true");
    properties.setProperty(PropertyKey.characterEncoding.getKeyName(), "UTF-8");
    return properties;
  }

  /** Opens one connection, which {@link #open} returns first, and looks at the server. */
  void openFirst() throws SQLException {
    Connection connection = connect();
    try {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(IS_TIDB)) {
        tidb = rows.next();
      }
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

  /** Returns a session that is set up. */
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

  /** Closes the first connection if nobody took it. */
  void closeFirst() {
    Connection opened = takeFirst();
    if (opened == null) {
      return;
    }
    try {
      opened.close();
    } catch (SQLException e) {
      // Nobody is waiting for anything from it.
    }
  }

  /** The session behind a connection that {@link #open} returned. */
  Session session(Connection connection) throws SQLException {
    return sessions.get(connection.unwrap(JdbcConnection.class));
  }

  /** Tries each host once. A host that answers with a refusal has the last word. */
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
    return connection;
  }

  /**
   * The server's number of a session, as its process list has it.
   *
   * <p>TiDB greets with 32 bits, which is the whole number as long as {@code
   * enable-32bits-connection-id} is on, its default since v7.3 (docs.pingcap.com, TiDB
   * configuration file).
   */
  private static long sessionId(Connection connection) throws SQLException {
    return connection.unwrap(MysqlConnection.class).getSession().getThreadId();
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(COMMIT_EACH_AND_CHECK_KEYS);
      statement.execute(READ_COMMITTED);
    }
    if (tidb) {
      try (PreparedStatement statement = connection.prepareStatement(READ_THE_LATEST_AND_LOCK)) {
        statement.setString(1, session(connection).alias());
        statement.execute();
      }
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
