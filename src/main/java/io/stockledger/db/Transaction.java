package io.stockledger.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs work in an explicit transaction and leaves none behind. */
public final class Transaction {
  private Transaction() {}

  /** Work within a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Begins, works, commits. After an error it rolls back and throws the first error, with those of
   * the clean-up suppressed under it. A session that can't be rolled back is thrown away.
   */
  public static <T> T run(Database database, Connection connection, Work<T> work)
      throws SQLException {
    execute(connection, "BEGIN");
    try {
      T result = work.run();
      execute(connection, "COMMIT");
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        execute(connection, "ROLLBACK");
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
        database.discard(connection);
      }
      throw e;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
