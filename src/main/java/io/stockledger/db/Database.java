package io.stockledger.db;

import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.InterruptedWorkException;
import io.stockledger.db.failure.KnownException;
import io.stockledger.db.failure.SessionRefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * An open database: its sessions at READ COMMITTED, and what kind of server it is.
 *
 * <p>At READ COMMITTED each statement reads what is committed when the statement begins, also
 * within a transaction. So a writer that waited in the queue reads what the writer before it wrote.
 */
public final class Database implements AutoCloseable {
  private final ConnectionSettings settings;
  private final SessionSource sessions;
  private final SingleSession single;
  private final SessionLoan loan;
  private final boolean isLent;
  private final Interruption interruption;
  private volatile boolean wasConnected;

  private Database(
      ConnectionSettings settings,
      SessionSource sessions,
      SingleSession single,
      SessionLoan loan,
      boolean isLent) {
    this.settings = settings;
    this.sessions = sessions;
    this.single = single;
    this.loan = loan;
    this.isLent = isLent;
    this.interruption = new Interruption(sessions);
  }

  /**
   * Opens the first connection. Others are opened when they are asked for.
   *
   * @param connections how many may be in use at a time
   * @throws DatabaseUnreachableException if the first connection can't be opened
   * @throws SessionRefusedException if the server refuses it, whenever it is asked
   */
  public static Database open(ConnectionSettings settings, int connections) {
    return open(settings, connections, Optional.empty());
  }

  /**
   * Opens a database whose connections come from a pool if there may be several of them.
   *
   * @param listener is told of each statement
   */
  public static Database open(
      ConnectionSettings settings, int connections, Optional<StatementListener> listener) {
    SessionSource sessions = openFirst(settings, listener);
    Duration patience = patience(settings);
    SingleSession single = new SingleSession(sessions, patience);
    return new Database(
        settings,
        sessions,
        single,
        connections == 1 ? single : new SessionPool(sessions, connections, patience),
        false);
  }

  /**
   * Opens a database that starts a pool only when a second connection is used at the same time. All
   * connections must be given back, because closing one ends its session.
   *
   * @param listener is told of each statement
   */
  public static Database openGrowing(
      ConnectionSettings settings, int connections, Optional<StatementListener> listener) {
    SessionSource sessions = openFirst(settings, listener);
    SingleSession single = new SingleSession(sessions, patience(settings));
    return new Database(
        settings, sessions, single, growing(settings, sessions, single, connections), false);
  }

  private static SessionSource openFirst(
      ConnectionSettings settings, Optional<StatementListener> listener) {
    SessionSource sessions = new SessionSource(settings, listener);
    try {
      sessions.openFirst();
    } catch (SQLException e) {
      throw notOpened(settings, e, true);
    }
    return sessions;
  }

  private static SessionLoan growing(
      ConnectionSettings settings, SessionSource sessions, SingleSession single, int connections) {
    return connections == 1
        ? single
        : new GrowingSessions(
            single, () -> new SessionPool(sessions, connections - 1, patience(settings)));
  }

  /**
   * Returns this database for one of several pieces of work that come after each other: closing
   * what is returned leaves one session open for the next piece. A pool is started only when a
   * second connection is used at the same time.
   *
   * @param connections how many may be in use at a time
   * @param statementTimeout how long one statement of this piece may take
   */
  public Database lend(int connections, Duration statementTimeout) {
    ConnectionSettings ofPiece = settings.withStatementTimeout(statementTimeout);
    return new Database(
        ofPiece, sessions, single, growing(ofPiece, sessions, single, connections), true);
  }

  /** Each host may take the connect timeout; the pool wants at least 250 ms. */
  private static Duration patience(ConnectionSettings settings) {
    return Duration.ofMillis(
        Math.max(250, settings.connectTimeout().toMillis() * settings.url().hosts().size()));
  }

  /**
   * Takes a connection, in autocommit, for one user. {@link #giveBack} makes it free for the next
   * one. A connection that is closed instead is replaced.
   *
   * @throws DatabaseUnreachableException if none can be opened within the connect timeout of each
   *     host
   * @throws SessionRefusedException if the server refuses it, whenever it is asked
   * @throws InterruptedWorkException after {@link #interrupt}
   */
  public Connection connection() {
    if (isInterrupted()) {
      throw new InterruptedWorkException(null);
    }
    try {
      Connection connection = loan.take();
      if (isLent) {
        limitStatements(connection);
      }
      wasConnected = true;
      interruption.using(connection);
      return connection;
    } catch (SQLException e) {
      throw notOpened(settings, e, !wasConnected);
    }
  }

  /** Sets the limit, which the driver keeps by itself. The piece of work before had its own. */
  private void limitStatements(Connection connection) throws SQLException {
    try {
      connection.setNetworkTimeout(
          Runnable::run, Math.toIntExact(settings.statementTimeout().toMillis()));
    } catch (SQLException e) {
      discard(connection);
      throw e;
    }
  }

  /** Makes a connection free for its next user. One with an open transaction is closed. */
  void giveBack(Connection connection) {
    interruption.notUsing(connection);
    if (isInTransaction(connection)) {
      loan.discard(connection);
    }
    loan.giveBack(connection);
  }

  private static boolean isInTransaction(Connection connection) {
    try {
      return Transaction.isOpen(connection);
    } catch (SQLException e) {
      return true;
    }
  }

  /** Closes a connection whose session is lost, or not in the state in which sessions are kept. */
  public void discard(Connection connection) {
    interruption.notUsing(connection);
    loan.discard(connection);
  }

  /**
   * Stops the work that uses this database, from another thread: the server stops its statements,
   * so that they fail, and none is tried again. The work may send another statement before it
   * notices, so call this again until the work has ended.
   */
  public void interrupt() {
    interruption.request();
  }

  /**
   * Has {@link #interrupt} run an action that stops the work, in place of stopping statements. The
   * action may be run several times.
   */
  public void onInterrupt(Runnable action) {
    interruption.by(action);
  }

  boolean isInterrupted() {
    return interruption.isRequested();
  }

  /** Returns how long and how often to try, as the settings say. */
  public RetryPolicy retryPolicy() {
    return RetryPolicy.within(settings.retryLimit());
  }

  /** Whether the server is TiDB, which may have TiFlash. */
  public boolean isTidb() {
    return sessions.isTidb();
  }

  /** Returns the version with which the server greeted, such as {@code 8.0.11-TiDB-v8.5.3}. */
  public String serverVersion() {
    Connection connection = connection();
    try {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    } finally {
      giveBack(connection);
    }
  }

  /** The session behind a connection of this database. */
  Session session(Connection connection) throws SQLException {
    return sessions.session(connection);
  }

  /** How long one statement may take. */
  Duration statementTimeout() {
    return settings.statementTimeout();
  }

  /** Returns hosts and schema, for a person. */
  @Override
  public String toString() {
    return settings.url().toString();
  }

  @Override
  public void close() {
    if (loan != single) {
      loan.close();
    }
    if (!isLent || isInterrupted()) {
      // The server may yet be asked to stop a statement of a session that was interrupted.
      single.close();
    }
    if (!isLent) {
      sessions.closeFirst();
    }
  }

  private static KnownException notOpened(
      ConnectionSettings settings, SQLException error, boolean isFirst) {
    return NotOpened.failure(
        settings.url() + " as " + settings.user(), settings.connectTimeout(), error, isFirst);
  }
}
