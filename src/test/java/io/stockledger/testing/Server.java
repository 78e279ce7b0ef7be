package io.stockledger.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A kind of server that the *IT classes run on, as far as the ledger behaves differently there. */
public enum Server {
  /** MariaDB or MySQL. */
  MARIADB("MariaDB or MySQL"),
  /** TiDB without a TiFlash node. */
  TIDB("TiDB without TiFlash"),
  /** TiDB with TiFlash. */
  TIDB_WITH_TIFLASH("TiDB with TiFlash"),
  /**
   * TiDB with the TiFlash that TiDB's own tests use, which has no window functions and fails when
   * it gets statements at the same time. Named by {@code -Dstock.test.tiflash=mock}.
   */
  TIDB_WITH_MOCK_TIFLASH("TiDB with mock TiFlash");

  static final boolean IS_TIFLASH_MOCK = "mock".equals(System.getProperty("stock.test.tiflash"));

  private static final int TIDB_UNKNOWN_ERROR = 1105;

  private final String words;

  Server(String words) {
    this.words = words;
  }

  /** The kind of the server that all *IT classes share; the first call asks it. */
  public static Server current() {
    return Holder.CURRENT;
  }

  public boolean isTidb() {
    return this != MARIADB;
  }

  /** The table that the product looks for lost sessions in: TiDB's has those of all servers. */
  public String processList() {
    return isTidb() ? "CLUSTER_PROCESSLIST" : "PROCESSLIST";
  }

  /**
   * A {@code verify} command as it can run here: a mock TiFlash has no window functions, so with
   * one it reads on TiKV unless it names an engine.
   */
  public String verify(String command) {
    return this == TIDB_WITH_MOCK_TIFLASH && !command.contains("--engine")
        ? command + " --engine tikv"
        : command;
  }

  /** Its name for a person. */
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
            return MARIADB;
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

    /** The views that list a cluster's servers need a privilege (pingcap/tidb 26220): try it. */
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
