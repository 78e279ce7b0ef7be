package io.stockledger.race;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The connections of a race, all set up alike: READ COMMITTED, autocommit. */
final class Sessions {
  /** A server may have it otherwise, and then FOR UPDATE would lock nothing before COMMIT. */
  private static final String PESSIMISTIC = "SET SESSION tidb_txn_mode = 'pessimistic'";

  private final DataSource dataSource;
  private final boolean tidb;

  Sessions(DataSource dataSource, boolean tidb) {
    this.dataSource = dataSource;
    this.tidb = tidb;
  }

  Connection open() throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      connection.setAutoCommit(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      if (tidb) {
        Sql.update(connection, PESSIMISTIC);
      }
      return connection;
    } catch (SQLException e) {
      closeAll(List.of(connection));
      throw e;
    }
  }

  /** Closes what it can: nothing depends on these connections any more. */
  static void closeAll(List<Connection> connections) {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException ignored) {
        // Its buyers are done; the server drops the session when the socket closes.
      }
    }
  }
}
