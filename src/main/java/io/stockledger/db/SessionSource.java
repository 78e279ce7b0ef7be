package io.stockledger.db;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.Driver;
import com.mysql.cj.jdbc.JdbcConnection;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.text.RandomUuid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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

  /**
   * What a statement means must not depend on the defaults of a server, so every session sets the
   * variables on which that rests. The driver sends these before all else, so that it knows their
   * values too: it asks the server for some of them by a SELECT, and it quotes a text by the {@code
   * sql_mode} that this SELECT returned. MariaDB, MySQL and TiDB know all of them (dev.mysql.com,
   * "Server System Variables"):
   *
   * <ul>
   *   <li>With {@code autocommit} off, what was written would be rolled back when the session ends.
   *   <li>With {@code completion_type} CHAIN, a COMMIT begins the next transaction; with RELEASE it
   *       ends the session.
   *   <li>{@code sql_select_limit} cuts off the rows of each SELECT without a LIMIT.
   *   <li>{@code sql_mode} decides on quotes, on values that do not fit, on invalid dates, on empty
   *       texts (EMPTY_STRING_IS_NULL of MariaDB), and on the engine of a new table.
   *   <li>Without {@code unique_checks} InnoDB may accept a number twice, and the ledger rests on
   *       unique keys.
   *   <li>{@code sql_safe_updates} refuses statements, and {@code sql_big_selects} off refuses
   *       large reads.
   *   <li>{@code max_sort_length} compares only the first bytes of long values.
   * </ul>
   */
  private static final String VARIABLES =
      String.join(
          ",",
          "autocommit=1",
          "completion_type='NO_CHAIN'",
          "sql_select_limit=18446744073709551615",
          "sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'",
          "unique_checks=1",
          "sql_big_selects=1",
          "max_sort_length=1024");

  /**
   * The isolation level has a statement of its own, because the name of its variable differs
   * between servers. MySQL alone has copies of tables in another engine that lag behind the tables,
   * and runs the second variable's part of the text (dev.mysql.com, use_secondary_engine;
   * "Comments").
   */
  private static final String SET_UP =
      """
      SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
      SET SESSION sql_safe_updates = 0 /*!80014 , use_secondary_engine = OFF */;
      SET SESSION timestamp = DEFAULT
      """;

  /**
   * On TiDB, more variables decide what a statement reads and what it commits (docs.pingcap.com,
   * System Variables):
   *
   * <ul>
   *   <li>SELECT … FOR UPDATE locks in a pessimistic transaction only ({@code tidb_txn_mode}).
   *   <li>Reads of old data: {@code tidb_read_staleness}, {@code tidb_low_resolution_tso}, {@code
   *       tx_read_ts}, {@code tidb_snapshot}, {@code tidb_enable_external_ts_read}. Reads that skip
   *       the rows of a commit under way: {@code tidb_read_consistency}. Reads that may miss a
   *       commit that was acknowledged before: {@code tidb_guarantee_linearizability} off.
   *   <li>Wrong rows: the unfinished planner of {@code tidb_enable_cascades_planner} reads other
   *       columns than it returns (pingcap/tidb issues 65669, 68533), and a stock of 0.
   *   <li>A statement that commits in parts: {@code tidb_batch_insert}, {@code tidb_batch_commit},
   *       {@code tidb_dml_batch_size}, {@code tidb_dml_type}.
   *   <li>A unique key that is checked only at COMMIT, or not while the rows are written: {@code
   *       tidb_constraint_check_in_place_pessimistic}.
   *   <li>TiDB itself runs an autocommit statement that met a conflict again, up to {@code
   *       tidb_retry_limit} times, with growing waits: the conflict must come out at once, so that
   *       the writer can queue.
   *   <li>With {@code max_error_count} 0 the warnings are lost that say that an answer is not
   *       complete, or was not read on TiFlash. MySQL, where no statement rests on a warning, lets
   *       only privileged users set it.
   *   <li>CLUSTER_PROCESSLIST shows the {@code tidb_session_alias}, since v7.4.
   * </ul>
   */
  private static final String SET_UP_TIDB =
      """
      SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
      SET SESSION
        sql_safe_updates = 0, tidb_txn_mode = 'pessimistic', tidb_read_staleness = '',
        tidb_low_resolution_tso = 0, tx_read_ts = '', tidb_snapshot = '',
        tidb_enable_external_ts_read = 0, tidb_read_consistency = 'strict',
        tidb_guarantee_linearizability = 1, tidb_enable_cascades_planner = 0,
        tidb_batch_insert = 0, tidb_batch_commit = 0, tidb_dml_batch_size = 0,
        tidb_dml_type = 'standard', tidb_constraint_check_in_place_pessimistic = 1,
        tidb_retry_limit = 0, max_error_count = 64, tidb_session_alias = ?;
      SET SESSION timestamp = DEFAULT
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

  /**
   * A connection whose session is not set up yet.
   *
   * @param address host and port
   * @param openedNanos {@link System#nanoTime} just before it was opened
   */
  private record Opened(Connection connection, String address, long openedNanos) {}

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
    properties.setProperty(PropertyKey.sessionVariables.getKeyName(), VARIABLES);
    properties.setProperty(PropertyKey.characterEncoding.getKeyName(), "UTF-8");
    // Otherwise the driver sends SET character_set_results = NULL.
    properties.setProperty(PropertyKey.characterSetResults.getKeyName(), "UTF-8");
    return properties;
  }

  /** Finds out what kind of server it is, on a connection that {@link #open} returns first. */
  void openFirst() throws SQLException {
    Opened opened = connect();
    try {
      tidb = Sql.row(opened.connection(), IS_TIDB, row -> true).isPresent();
      prepare(opened);
    } catch (SQLException e) {
      closeAfter(e, opened.connection());
      throw e;
    }
    first = opened.connection();
  }

  boolean isTidb() {
    return tidb;
  }

  /** Returns a session whose variables are set. */
  Connection open() throws SQLException {
    Connection taken = takeFirst();
    if (taken != null) {
      return taken;
    }
    Opened opened = connect();
    try {
      prepare(opened);
    } catch (SQLException e) {
      closeAfter(e, opened.connection());
      throw e;
    }
    return opened.connection();
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

  /**
   * Has the server stop the statement that a session runs, if it runs one. Everybody may do that to
   * sessions of the same user (dev.mysql.com, KILL Statement).
   */
  void stopStatement(Connection connection) throws SQLException {
    Session session = session(connection);
    for (DatabaseUrl.Host host : url.hosts()) {
      if (host.address().equals(session.host())) {
        try (Connection own = connect(host).connection()) {
          // Also on TiDB, for sessions of any server of the cluster, while enable-global-kill is
          // on,
          // the default since v6.1 (docs.pingcap.com, KILL). Its grammar takes no parameter there.
          Sql.update(own, "KILL QUERY " + session.id());
        }
      }
    }
  }

  /** Tries each host once. If a host answers with an error, no further host is tried. */
  private Opened connect() throws SQLException {
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

  private Opened connect(DatabaseUrl.Host host) throws SQLException {
    Properties all = new Properties();
    // Without the driver's description of itself and of Java, unless the URL asks for one.
    all.setProperty(PropertyKey.connectionAttributes.getKeyName(), "none");
    // The driver looks for the placeholders of a text once, not each time it is sent: the text for
    // thousands of rows took it longer than sending the rows. Few texts, because long ones take
    // some 100 KB each.
    all.setProperty(PropertyKey.cachePrepStmts.getKeyName(), "true");
    all.setProperty(PropertyKey.prepStmtCacheSize.getKeyName(), "8");
    all.setProperty(PropertyKey.prepStmtCacheSqlLimit.getKeyName(), "200000");
    all.putAll(host.properties());
    all.putAll(properties);
    long openedNanos = System.nanoTime();
    Connection connection = new Driver().connect(host.jdbcUrl(), all);
    return new Opened(
        listener.map(told -> ObservedConnection.of(connection, told)).orElse(connection),
        host.address(),
        openedNanos);
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

  private void prepare(Opened opened) throws SQLException {
    Connection connection = opened.connection();
    String alias = tidb ? "stock-" + RandomUuid.next() : "";
    sessions.put(
        connection.unwrap(JdbcConnection.class),
        new Session(opened.address(), sessionId(connection), alias, opened.openedNanos()));
    // One message for all statements: each message is a round trip before the first result.
    try (PreparedStatement setUp =
        tidb ? Sql.prepare(connection, SET_UP_TIDB, alias) : Sql.prepare(connection, SET_UP)) {
      setUp.execute();
      // Each throws if its statement failed.
      setUp.getMoreResults();
      setUp.getMoreResults();
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
