package io.stockledger.ledger.aggregate;

import io.stockledger.db.Attempt;
import io.stockledger.db.BusyException;
import io.stockledger.db.Database;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.Retry;
import io.stockledger.db.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * Where aggregates are read: on TiFlash while that works. Else by the same statement on TiKV, with
 * hints that say so, since the optimizer may choose TiFlash by itself; on servers that are not TiDB
 * without hints, which they may warn of. For one thread.
 */
public final class AggregateReader {

  /** A statement that reads. */
  @FunctionalInterface
  public interface Query<T> {
    /**
     * Runs the statement once; it must be right to run it again.
     *
     * @param sql the statement, with the hints for where it is to be read
     */
    T run(Connection connection, String sql) throws SQLException;
  }

  /** A statement that reads so much that it may come some way before it fails. */
  @FunctionalInterface
  interface LongQuery<T> {
    /**
     * Runs the statement once; if it is run again, it must go on from where it came to.
     *
     * @param attempt to be told of progress
     * @param sql the statement, with the hints for where it is to be read
     */
    T run(Connection connection, Attempt attempt, String sql) throws SQLException;
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
  public AggregateReader(Database database, Retry retry, Consumer<String> notices) {
    this.database = database;
    this.retry = retry;
    this.notices = notices;
  }

  /** Finds out whether TiFlash can be read. */
  public void begin() {
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

  public boolean isOnTiflash() {
    return onTiflash;
  }

  /** Reads on TiFlash; if that fails for a reason of TiFlash's own, elsewhere from now on. */
  public <T> T read(String sql, Query<T> query) {
    return read(sql, (connection, attempt, text) -> query.run(connection, text));
  }

  /** The same for a long statement. */
  public <T> T read(String sql, LongQuery<T> query) {
    if (onTiflash) {
      try {
        return retry.run((connection, attempt) -> query.run(connection, attempt, sql));
      } catch (DatabaseException e) {
        if (SqlFailure.of(e.error()) != SqlFailure.NO_TIFLASH) {
          throw e;
        }
        leaveTiflash(e.getMessage());
      } catch (BusyException e) {
        // The regions that TiFlash serves may stay out of reach while those of TiKV can be read.
        if (e.failure() != SqlFailure.NOT_NOW) {
          throw e;
        }
        leaveTiflash(e.getCause().getMessage());
      }
    }
    String elsewhere = Tiflash.elsewhere(sql, database.isTidb());
    return retry.run((connection, attempt) -> query.run(connection, attempt, elsewhere));
  }

  /**
   * Reads elsewhere from now on if TiDB warned that it did so already. What it read is right all
   * the same.
   *
   * @param statement whose rows have all been read
   */
  void checkPlace(Statement statement) throws SQLException {
    if (!Tiflash.wasReadWhereHinted(statement)) {
      leaveTiflash("TiDB found no way to read there.");
    }
  }

  /**
   * Reads elsewhere from now on, and says so once.
   *
   * @param reason what follows the colon in the notice
   */
  private void leaveTiflash(String reason) {
    if (onTiflash) {
      onTiflash = false;
      notices.accept("Aggregates are not computed on TiFlash: " + reason);
    }
  }
}
