package io.stockledger.db;

import com.mysql.cj.MysqlConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs work in an explicit transaction, and leaves no transaction open. */
public final class Transaction {
  private Transaction() {}

  /** Work within a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Whether the server said, with its last answer, that a transaction is open in the session
   * (SERVER_STATUS_IN_TRANS; dev.mysql.com, "Server Status Flags"). That a COMMIT was sent, or that
   * the session is in autocommit, does not tell: {@code completion_type} CHAIN begins a transaction
   * with each COMMIT, and what is written in it is lost when the session ends.
   */
  static boolean isOpen(Connection connection) throws SQLException {
    return !connection.isClosed()
        && connection
            .unwrap(MysqlConnection.class)
            .getSession()
            .getServerSession()
            .inTransactionOnServer();
  }

  /**
   * Runs work that begins and commits a transaction by statements of its own, of which the driver
   * does not know. After an error the transaction is rolled back and the first error is thrown;
   * errors of the clean-up are suppressed under it. A session that can't be rolled back is closed.
   */
  public static <T> T clean(Database database, Connection connection, Work<T> work)
      throws SQLException {
    try {
      return work.run();
    } catch (SQLException | RuntimeException e) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("ROLLBACK");
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
        database.discard(connection);
      }
      throw e;
    }
  }
}
