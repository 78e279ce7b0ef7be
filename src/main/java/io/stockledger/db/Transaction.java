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
    // By the driver's own calls, so that driver and pool know of the transaction.
    connection.setAutoCommit(false);
    T result =
        clean(
            database,
            connection,
            () -> {
              T worked = work.run();
              connection.commit();
              return worked;
            });
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The work is committed: an error here must not say otherwise.
      database.discard(connection);
    }
    return result;
  }

  /**
   * Runs work that begins and commits a transaction by itself. After an error it is rolled back,
   * and the first error is thrown, with those of the clean-up suppressed under it.
   */
  public static <T> T clean(Database database, Connection connection, Work<T> work)
      throws SQLException {
    try {
      return work.run();
    } catch (SQLException | RuntimeException e) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("ROLLBACK");
        connection.setAutoCommit(true);
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
        database.discard(connection);
      }
      throw e;
    }
  }
}
