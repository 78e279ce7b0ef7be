package io.stockledger.ledger;

import io.stockledger.db.Database;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.Retry;
import io.stockledger.db.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Where aggregates are read: on TiFlash while it can, else by the same statement without its hints.
 * For one thread.
 */
final class AggregateReader {

  /** A statement that reads. */
  @FunctionalInterface
  interface Query<T> {
    /**
     * Runs the statement once; it must be right to run it again.
     *
     * @param sql the statement, with hints only if it is to be read on TiFlash
     */
    T run(Connection connection, String sql) throws SQLException;
  }

  private final Database database;
  private final Retry retry;
  private final Consumer<String> notices;
  private boolean onTiflash;

  /**
   * Not on TiFlash before {@link #begin}.
   *
   * @param notices gets a sentence for a person when aggregates are not on TiFlash
   */
  AggregateReader(Database database, Retry retry, Consumer<String> notices) {
    this.database = database;
    this.retry = retry;
    this.notices = notices;
  }

  /** Finds out whether TiFlash can be read. */
  void begin() {
    onTiflash = false;
    if (!database.isTidb()) {
      notices.accept("Aggregates are not computed on TiFlash: this server is not TiDB.");
    } else if (retry.run((connection, attempt) -> areReady(connection))) {
      onTiflash = true;
    } else {
      notices.accept(
          "Aggregates are not computed on TiFlash: it has no copy of the tables. If there is a"
              + " TiFlash, setup-db asks for the copies.");
    }
  }

  private static boolean areReady(Connection connection) throws SQLException {
    return Tiflash.areReady(Tiflash.replicas(connection));
  }

  boolean isOnTiflash() {
    return onTiflash;
  }

  /** Reads on TiFlash; if that can't be, elsewhere from now on. */
  <T> T read(String sql, Query<T> query) {
    if (onTiflash) {
      try {
        return retry.run((connection, attempt) -> query.run(connection, sql));
      } catch (DatabaseException e) {
        fallBack(e);
      }
    }
    String withoutHints = Tiflash.withoutHints(sql);
    return retry.run((connection, attempt) -> query.run(connection, withoutHints));
  }

  /** Leaves TiFlash if that is what the error asks for; else throws it. */
  void fallBack(DatabaseException error) {
    if (SqlFailure.of(error.error()) != SqlFailure.NO_TIFLASH) {
      throw error;
    }
    leaveTiflash(error.getMessage());
  }

  /**
   * Reads elsewhere from now on.
   *
   * @param reason what follows the colon in the notice
   */
  void leaveTiflash(String reason) {
    onTiflash = false;
    notices.accept("Aggregates are not computed on TiFlash: " + reason);
  }
}
