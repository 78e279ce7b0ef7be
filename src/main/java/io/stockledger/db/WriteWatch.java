package io.stockledger.db;

import io.stockledger.db.failure.SqlFailure;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A watch over the statements of a run that write, each of them in autocommit: it tells whether any
 * of them may have changed something. Several threads may use it.
 */
public final class WriteWatch {
  private final AtomicBoolean mayHaveChanged = new AtomicBoolean();

  /** A statement that writes. */
  @FunctionalInterface
  public interface Write {
    void run() throws SQLException;
  }

  /**
   * Runs a statement. In autocommit an error that the server answers has rolled all of it back;
   * after a lost connection the statement may have been done.
   */
  public void run(Write write) throws SQLException {
    boolean isRolledBack = false;
    try {
      write.run();
    } catch (SQLException e) {
      isRolledBack = !SqlFailure.of(e).isConnectionLost();
      throw e;
    } finally {
      if (!isRolledBack) {
        mayHaveChanged.set(true);
      }
    }
  }

  /** Whether a statement may have changed something. */
  public boolean mayHaveChanged() {
    return mayHaveChanged.get();
  }
}
