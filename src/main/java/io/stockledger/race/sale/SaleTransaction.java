package io.stockledger.race.sale;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** One transaction for one purchase: committed if it sold, otherwise rolled back. */
public final class SaleTransaction {
  private SaleTransaction() {}

  /** The work of a transaction. */
  public interface Work {
    Outcome run() throws SQLException;
  }

  /**
   * Runs the work on a connection in autocommit, with BEGIN and COMMIT as the ledger sends them.
   */
  static Outcome run(Connection connection, Work work) throws SQLException {
    return run(connection, "BEGIN", work);
  }

  /** The same with another statement to begin. */
  public static Outcome run(Connection connection, String begin, Work work) throws SQLException {
    Sql.update(connection, begin);
    try {
      Outcome outcome = work.run();
      Sql.update(connection, outcome instanceof Outcome.Sold ? "COMMIT" : "ROLLBACK");
      return outcome;
    } catch (SQLException | RuntimeException failure) {
      try {
        Sql.update(connection, "ROLLBACK");
      } catch (SQLException later) {
        failure.addSuppressed(later);
      }
      throw failure;
    }
  }
}
