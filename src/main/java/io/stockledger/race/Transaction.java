package io.stockledger.race;

import java.sql.Connection;
import java.sql.SQLException;

/** One transaction for one purchase: committed when it sold, rolled back in every other case. */
final class Transaction {
  private Transaction() {}

  /** What is done in a transaction. */
  interface Work {
    Outcome run() throws SQLException;
  }

  /** Runs the work on a connection that is in autocommit before and after. */
  static Outcome run(Connection connection, Work work) throws SQLException {
    connection.setAutoCommit(false);
    Outcome outcome;
    try {
      outcome = work.run();
      if (outcome instanceof Outcome.Sold) {
        connection.commit();
      } else {
        connection.rollback();
      }
    } catch (SQLException | RuntimeException failure) {
      try {
        connection.rollback();
        connection.setAutoCommit(true);
      } catch (SQLException later) {
        failure.addSuppressed(later);
      }
      throw failure;
    }
    connection.setAutoCommit(true);
    return outcome;
  }
}
