package io.stockledger.race.sale;

import io.stockledger.db.Database;
import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The tables of a race while the race runs. {@link #create} first removes the tables that a killed
 * race left. The tables are dropped at the end, and when the JVM or the race is told to stop
 * (Ctrl-C). A named lock keeps a second race out of the same database, because both would use the
 * same tables; a killed race loses the lock with its session.
 */
public final class ScratchTables implements AutoCloseable {
  // A lock's name has at most 64 characters, as many as the database's own name may have. MD5 and
  // SHA1 are not in MySQL since 9.6; SHA2 is on all three servers.
  private static final String LOCK =
      """
      SELECT GET_LOCK(CONCAT('stock_race_', LEFT(SHA2(DATABASE(), 256), 32)), 0)
      """;

  private static final String UNLOCK =
      """
      SELECT RELEASE_LOCK(CONCAT('stock_race_', LEFT(SHA2(DATABASE(), 256), 32)))
      """;

  private final Connection connection;
  private final AtomicBoolean stopped;
  private final Thread hook = new Thread(this::stopAndDrop, "race-scratch-tables");
  private boolean dropped;
  private boolean removed;

  private ScratchTables(Connection connection, AtomicBoolean stopped) {
    this.connection = connection;
    this.stopped = stopped;
  }

  /**
   * Takes the lock; {@link #create} makes the tables.
   *
   * @param stopped set when the JVM is told to stop, so that the buyers stop
   * @throws RaceInProgressException if another race runs in the same database
   */
  public static ScratchTables open(Database database, AtomicBoolean stopped) throws SQLException {
    Connection connection = database.connection();
    try {
      if (Sql.number(connection, LOCK) != 1) {
        throw new RaceInProgressException();
      }
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    ScratchTables tables = new ScratchTables(connection, stopped);
    Runtime.getRuntime().addShutdownHook(tables.hook);
    database.onInterrupt(tables::stopAndDrop);
    return tables;
  }

  /** Removes the tables that a killed race left, and creates the tables. */
  public synchronized void create(Set<RaceTable> tables) throws SQLException {
    if (dropped) {
      return;
    }
    Sql.update(connection, RaceTable.dropAll());
    for (RaceTable table : tables) {
      Sql.update(connection, table.ddl());
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyStopping) {
      // The hook runs; drop() waits until the hook has dropped the tables.
    }
    drop();
  }

  /** Whether the tables are removed. */
  public synchronized boolean areRemoved() {
    return removed;
  }

  private synchronized void drop() throws SQLException {
    if (dropped) {
      return;
    }
    dropped = true;
    try (connection) {
      Sql.update(connection, RaceTable.dropAll());
      removed = true;
      Sql.number(connection, UNLOCK);
    }
  }

  private void stopAndDrop() {
    stopped.set(true);
    try {
      drop();
    } catch (SQLException e) {
      System.err.println(
          "The race's scratch tables could not be removed; the next race will: " + e.getMessage());
    }
  }
}
