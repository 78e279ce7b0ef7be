package io.stockledger.ledger.tiflash;

import io.stockledger.db.Database;
import io.stockledger.db.KeptConnection;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.tiflash.NoTiflashException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A reader that sends statements to TiFlash while that works. Otherwise it sends the same statement
 * elsewhere: on TiDB with hints for TiKV, because the optimizer may choose TiFlash by itself; on
 * other servers without hints, which they may warn of. For one thread.
 */
public final class TiflashReader {

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

  private final Database database;
  private final Retry retry;
  private final Consumer<String> notices;
  private final boolean requiresTiflash;
  private boolean begun;
  private boolean onTiflash;

  /**
   * Makes a reader that does not read on TiFlash before {@link #begin}.
   *
   * @param notices gets a sentence for a person when a TiDB does not read aggregates on TiFlash
   */
  public TiflashReader(Database database, Retry retry, Consumer<String> notices) {
    this(database, retry, notices, false);
  }

  public TiflashReader(
      Database database, Retry retry, Consumer<String> notices, boolean requiresTiflash) {
    this.database = database;
    this.retry = retry;
    this.notices = notices;
    this.requiresTiflash = requiresTiflash;
  }

  /**
   * Finds out whether TiFlash can be read. Does so once, so that a notice is given once.
   *
   * @throws NoTiflashException if TiFlash is required and can't be read
   */
  public void begin() {
    if (begun) {
      return;
    }
    begun = true;
    onTiflash = database.isTidb() && Tiflash.areReady(retry.run(Tiflash::replicas));
    if (onTiflash) {
      return;
    }
    if (requiresTiflash) {
      throw new NoTiflashException(database.isTidb() ? Reason.NO_COPY : Reason.NOT_TIDB, null);
    }
    // On another server nobody expects TiFlash, and a notice every night would be a mail of cron.
    if (database.isTidb()) {
      notices.accept(
          "Aggregates are not computed on TiFlash: it has no copy of the tables. If there is a"
              + " TiFlash, setup-db asks for the copies.");
    }
  }

  public boolean isOnTiflash() {
    return onTiflash;
  }

  /** Returns all rows of a statement, which are kept in memory. */
  public <R> List<R> rows(String sql, Sql.RowMapper<R> mapper, Object... parameters) {
    return read(
        sql,
        (connection, text) -> {
          try (PreparedStatement statement = Sql.prepare(connection, text, parameters)) {
            List<R> rows = Sql.rows(statement, mapper);
            checkPlace(statement);
            return rows;
          }
        });
  }

  /** Reads on TiFlash; if that fails for a reason of TiFlash's own, elsewhere from then on. */
  public <T> T read(String sql, Query<T> query) {
    try (KeptConnection<AutoCloseable> connection = retry.keepConnection()) {
      return read(connection, sql, query);
    }
  }

  /** Does the same for a read that goes on where the one before ended, on the connection kept. */
  public <T> T read(KeptConnection<?> kept, String sql, Query<T> query) {
    if (onTiflash) {
      try {
        return retry.run(kept, connection -> query.run(connection, sql));
      } catch (DatabaseException e) {
        if (e.failure() != SqlFailure.NO_TIFLASH) {
          throw e;
        }
        leaveTiflash(e.error().getMessage(), Reason.FAILED, e.error());
      } catch (BusyException e) {
        // TiKV may serve regions that TiFlash can't serve at this time.
        if (e.failure() != SqlFailure.NOT_NOW) {
          throw e;
        }
        leaveTiflash(e.lastError().getMessage(), Reason.FAILED, e.lastError());
      }
    }
    String elsewhere = Tiflash.elsewhere(sql, database.isTidb());
    return retry.run(kept, connection -> query.run(connection, elsewhere));
  }

  /**
   * Reads elsewhere from now on if TiDB warned that it did so already. The rows that TiDB returned
   * are right all the same.
   *
   * @param statement whose rows have all been read
   */
  public void checkPlace(Statement statement) throws SQLException {
    Optional<SQLWarning> warning = SqlFailure.noPlanWarning(statement);
    if (warning.isPresent()) {
      leaveTiflash("TiDB found no way to read there.", Reason.NOT_CHOSEN, warning.get());
    }
  }

  /**
   * Reads elsewhere from now on, and reports that once.
   *
   * @param words what follows the colon in the notice
   */
  private void leaveTiflash(String words, Reason reason, SQLException cause) {
    if (requiresTiflash) {
      throw new NoTiflashException(reason, cause);
    }
    if (onTiflash) {
      onTiflash = false;
      notices.accept("Aggregates are not computed on TiFlash: " + words);
    }
  }
}
