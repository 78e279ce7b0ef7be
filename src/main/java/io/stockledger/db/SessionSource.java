package io.stockledger.db;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Opens sessions and sets them up: the pool's source of connections. */
final class SessionSource extends MysqlDataSource {
  private static final long serialVersionUID = 1;

  // Non-empty on TiDB only and no error elsewhere; VERSION() can be set to anything there
  // (docs.pingcap.com, server-version).
  private static final String IS_TIDB = "SHOW VARIABLES LIKE 'tidb_txn_mode'";

  private static final String READ_COMMITTED =
      "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

  // A server or the URL may have autocommit off (init_connect, sessionVariables): then what was
  // written would be gone at the end, and nobody told. Without unique checks InnoDB may let a
  // number
  // in twice (dev.mysql.com, unique_checks): the one thing that the ledger rests on.
  private static final String AUTOCOMMIT = "SET SESSION autocommit = 1, unique_checks = 1";

  // SELECT … FOR UPDATE locks in a pessimistic transaction only, and a server may have another
  // default (docs.pingcap.com, pessimistic transactions).
  private static final String PESSIMISTIC = "SET SESSION tidb_txn_mode = 'pessimistic'";

  private final int statementTimeoutMillis;
  private transient Connection first;
  private transient boolean tidb;

  SessionSource(ConnectionSettings settings) {
    statementTimeoutMillis = Math.toIntExact(settings.statementTimeout().toMillis());
    setUrl(settings.url().jdbcUrl());
    setUser(settings.user());
    setPassword(settings.password());
    try {
      int connectTimeoutMillis = Math.toIntExact(settings.connectTimeout().toMillis());
      setConnectTimeout(connectTimeoutMillis);
      // Until the session is set up: a server may take the connection and never greet.
      setSocketTimeout(connectTimeoutMillis);
      // The next host of a list is asked to write as the first one is.
      setFailOverReadOnly(false);
      // The driver keeps in mind what it has set, in place of asking the server each time.
      setUseLocalSessionState(true);
      setCharacterEncoding("UTF-8");
    } catch (SQLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Opens one connection, which {@link #getConnection} gives out first, and looks at the server.
   */
  void openFirst() throws SQLException {
    Connection connection = super.getConnection();
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

  @Override
  public Connection getConnection() throws SQLException {
    Connection opened = takeFirst();
    if (opened != null) {
      return opened;
    }
    Connection connection = super.getConnection();
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

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(AUTOCOMMIT);
      statement.execute(READ_COMMITTED);
      if (tidb) {
        statement.execute(PESSIMISTIC);
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
