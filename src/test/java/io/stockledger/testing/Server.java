package io.stockledger.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A kind of server that the *IT classes run on. Servers are of different kinds if the ledger
 * behaves differently on them.
 */
public enum Server {
  MARIADB("MariaDB"),
  MYSQL("MySQL"),
  /** TiDB without a TiFlash node. */
  TIDB("TiDB without TiFlash"),
  /** TiDB with TiFlash. */
  TIDB_WITH_TIFLASH("TiDB with TiFlash"),
  /**
   * TiDB with the mock TiFlash of TiDB's own tests, which has no window functions and fails when it
   * executes two statements at the same time. Selected by {@code -Dstock.test.tiflash=mock}.
   */
  TIDB_WITH_MOCK_TIFLASH("TiDB with mock TiFlash");

  static final boolean IS_TIFLASH_MOCK = "mock".equals(System.getProperty("stock.test.tiflash"));

  private static final int TIDB_UNKNOWN_ERROR = 1105;

  private final String words;

  Server(String words) {
    this.words = words;
  }

  /** Returns the kind of the server that all *IT classes share, which the first call determines. */
  public static Server current() {
    return Holder.CURRENT;
  }

  public boolean isTidb() {
    return this != MARIADB && this != MYSQL;
  }

  /**
   * Returns the name of the table in which the product looks for lost sessions. TiDB's table lists
   * the sessions of all servers of the cluster.
   */
  public String processList() {
    return isTidb() ? "CLUSTER_PROCESSLIST" : "PROCESSLIST";
  }

  /**
   * Returns a {@code verify} command that this server can run: with a mock TiFlash, a command that
   * names no engine reads on TiKV, because the mock has no window functions.
   */
  public String verify(String command) {
    return this == TIDB_WITH_MOCK_TIFLASH && !command.contains("--engine")
        ? command + " --engine tikv"
        : command;
  }

  /** Returns the name that reports show. */
  @Override
  public String toString() {
    return words;
  }

  private static final class Holder {
    static final Server CURRENT = ask(TestDatabase.server());

    private static Server ask(TestDatabase database) {
      String schema = database.newSchema();
      try (Connection connection = database.connect(schema);
          Statement statement = connection.createStatement()) {
        try (ResultSet rows = statement.executeQuery("SHOW VARIABLES LIKE 'tidb_txn_mode'")) {
          if (!rows.next()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            return version.contains("MariaDB") ? MARIADB : MYSQL;
          }
        }
        if (!takesCopies(statement)) {
          return TIDB;
        }
        return IS_TIFLASH_MOCK ? TIDB_WITH_MOCK_TIFLASH : TIDB_WITH_TIFLASH;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    /**
     * Whether the server accepts a TiFlash replica. The views that list the servers of a cluster
     * need a privilege (pingcap/tidb issue 26220), so the method tries an ALTER TABLE instead.
     */
    private static boolean takesCopies(Statement statement) throws SQLException {
      statement.execute("CREATE TABLE copied (id BIGINT NOT NULL PRIMARY KEY)");
      try {
        statement.execute("ALTER TABLE copied SET TIFLASH REPLICA 1");
        return true;
      } catch (SQLException e) {
        if (e.getErrorCode() != TIDB_UNKNOWN_ERROR) {
          throw e;
        }
        return false;
      } finally {
        statement.execute("DROP TABLE copied");
      }
    }
  }
}
