package io.stockledger.db;

import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.InterruptedWorkException;
import io.stockledger.db.failure.KnownException;
import io.stockledger.db.failure.SessionRefusedException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.db.failure.StatementTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs units of work, and runs them again from their beginning when the database asks for it: after
 * a conflict, when the database can't serve at that time, and after a lost connection. The number
 * of tries and their time are bounded.
 */
public final class Retry {

  /** A read, or a write that has the same result however often it is run. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Does the work once.
     *
     * @param connection in autocommit
     */
    T run(Connection connection) throws SQLException;
  }

  /** Work that must know what its earlier tries have met. */
  @FunctionalInterface
  public interface TrackedWork<T> {
    /**
     * Does the work once.
     *
     * @param connection in autocommit
     */
    T run(Connection connection, Attempt attempt) throws SQLException;
  }

  private final Database database;
  private final RetryPolicy policy;
  private final SessionWatch watch;
  private final LongAdder conflicts = new LongAdder();

  /** Retries as often and as long as the settings of the database say. */
  public Retry(Database database) {
    this(database, database.retryPolicy());
  }

  public Retry(Database database, RetryPolicy policy) {
    this.database = database;
    this.policy = policy;
    this.watch = new SessionWatch(database);
  }

  /** How many tries met a conflict, over all calls. */
  public long conflicts() {
    return conflicts.sum();
  }

  /** Returns an empty history with the time limit of this retry. */
  public Attempt newAttempt() {
    return new Attempt(policy.limit());
  }

  /**
   * Runs a read, or a write that has the same result however often it is run.
   *
   * @throws BusyException when the tries are used up
   * @throws DatabaseUnreachableException when no connection can be opened or kept
   * @throws SessionRefusedException when the server admits no session, at once
   * @throws InterruptedWorkException when the work is told to stop
   * @throws StatementTimeoutException when a statement takes too long
   * @throws DatabaseException for an error that another try does not remove
   */
  public <T> T run(Work<T> work) {
    return run(newAttempt(), (connection, attempt) -> work.run(connection));
  }

  /**
   * Runs work that keeps track of its tries. A write that must take place at most once looks up by
   * itself whether an earlier try did it ({@link Attempt#mustLookUpRequest}). After an exception
   * the attempt tells whether the write may have taken place; if not, nothing was changed.
   *
   * @throws BusyException when the tries are used up
   * @throws DatabaseUnreachableException when no connection can be opened or kept
   * @throws SessionRefusedException when the server admits no session, at once
   * @throws InterruptedWorkException when the work is told to stop
   * @throws StatementTimeoutException when a statement takes too long
   * @throws DatabaseException for an error that another try does not remove
   */
  public <T> T run(Attempt attempt, TrackedWork<T> work) {
    try (KeptConnection<AutoCloseable> connection = keepConnection()) {
      return run(connection, attempt, work);
    }
  }

  /** Returns a connection for several units of work, which is taken by the first of them. */
  public <S extends AutoCloseable> KeptConnection<S> keepConnection() {
    return new KeptConnection<>(database);
  }

  /**
   * Runs a read that goes on where the one before ended, on the connection that was kept. Each read
   * has all tries and the whole time limit, because what was read before is done.
   *
   * @throws BusyException when the tries are used up
   * @throws DatabaseUnreachableException when no connection can be opened or kept
   * @throws SessionRefusedException when the server admits no session, at once
   * @throws InterruptedWorkException when the work is told to stop
   * @throws StatementTimeoutException when a statement takes too long
   * @throws DatabaseException for an error that another try does not remove
   */
  public <T> T run(KeptConnection<?> kept, Work<T> work) {
    return run(kept, newAttempt(), (connection, attempt) -> work.run(connection));
  }

  private <T> T run(KeptConnection<?> kept, Attempt attempt, TrackedWork<T> work) {
    while (true) {
      SqlFailure failure;
      KnownException known;
      try {
        return tryOnce(kept, attempt, work);
      } catch (SQLException e) {
        failure = SqlFailure.of(e);
        known = failureOf(failure, attempt, e);
      } catch (DatabaseUnreachableException e) {
        failure = SqlFailure.CONNECTION_LOST;
        known = e;
      }
      if (!mayTryAgain(failure, attempt)) {
        throw known;
      }
      pause(policy.delay(failure, attempt.tries()));
    }
  }

  private <T> T tryOnce(KeptConnection<?> kept, Attempt attempt, TrackedWork<T> work)
      throws SQLException {
    attempt.begin();
    try {
      return tryOnce(work, kept.take(), attempt);
    } catch (SQLException | RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  private <T> T tryOnce(TrackedWork<T> work, Connection connection, Attempt attempt)
      throws SQLException {
    Session session = database.session(connection);
    try {
      if (attempt.isAfterTimeout() && !awaitLostSessions(connection, attempt)) {
        throw new StatementTimeoutException(database.statementTimeout(), null);
      }
      T result = work.run(connection, attempt);
      requireEnded(connection);
      return result;
    } catch (SQLException e) {
      SQLException error = connection.isClosed() ? lost(e) : e;
      SqlFailure failure = SqlFailure.of(error);
      attempt.failed(failure, session);
      if (failure.isConnectionLost()) {
        // The server may not have closed the session yet; the next try needs another one.
        database.discard(connection);
      }
      if (failure.isConflict()) {
        conflicts.increment();
      }
      throw error;
    }
  }

  /**
   * Refuses a result that an open transaction would take back when its session ends. The server
   * says whether one is open. It counts as a lost connection: the session is closed, and what
   * became of the work is looked up.
   */
  private static void requireEnded(Connection connection) throws SQLException {
    if (Transaction.isOpen(connection)) {
      throw new SQLNonTransientConnectionException(
          "The server says that the transaction has not ended.", "08007");
    }
  }

  /**
   * Reads an error on a closed connection as a lost connection. {@link Transaction} closes one
   * whose session is broken after the COMMIT; the pool's error of the next statement has no
   * SQLSTATE.
   */
  private static SQLException lost(SQLException error) {
    return SqlFailure.of(error).isConnectionLost()
        ? error
        : new SQLNonTransientConnectionException(error.getMessage(), "08003", error);
  }

  /**
   * Waits until the server no longer has the sessions that the attempt lost, so that no statement
   * sent to one of them can commit any more. A look-up of the request id after that is final.
   *
   * @return false if that could not be found out within the time limit of the attempt
   */
  public boolean awaitLostSessions(Connection connection, Attempt attempt) throws SQLException {
    return watch.awaitGone(
        connection,
        attempt.lostSessions(),
        () -> {
          // After progress no time limit runs, and a session may stay for ever.
          attempt.failed();
          return attempt.isOverdue();
        });
  }

  private KnownException failureOf(SqlFailure failure, Attempt attempt, SQLException error) {
    if (database.isInterrupted() && !failure.isConnectionLost()) {
      return new InterruptedWorkException(error);
    }
    return switch (failure) {
      case TIMED_OUT -> new StatementTimeoutException(database.statementTimeout(), error);
      case DUPLICATE, CONFLICT, NOT_NOW -> new BusyException(attempt.tries(), error);
      case CONNECTION_LOST ->
          DatabaseUnreachableException.lost(
              // Connector/J adds lines about when it last received a packet from the server.
              error.getMessage().lines().findFirst().orElse("no reason given"), error);
      case NO_TIFLASH,
          OUT_OF_QUOTA,
          OUT_OF_RANGE,
          NO_SUCH_TABLE,
          NO_ROOM,
          READ_ONLY,
          NO_PRIVILEGE,
          OTHER ->
          new DatabaseException(error, attempt.isAfterLoss());
    };
  }

  private boolean mayTryAgain(SqlFailure failure, Attempt attempt) {
    boolean retriable =
        switch (failure) {
          case DUPLICATE, CONFLICT, NOT_NOW -> true;
          // If no connection was ever made, fail at once; if one was lost, keep trying, because the
          // outcome must be looked up. After a timeout the next try begins only when the statement
          // is no longer running.
          case CONNECTION_LOST, TIMED_OUT -> attempt.isAfterLoss();
          case NO_TIFLASH,
              OUT_OF_QUOTA,
              OUT_OF_RANGE,
              NO_SUCH_TABLE,
              NO_ROOM,
              READ_ONLY,
              NO_PRIVILEGE,
              OTHER ->
              false;
        };
    return retriable && attempt.tries() < policy.tries() && !attempt.isOverdue();
  }

  /** Waits. An interruption of the thread ends the wait with an exception. */
  static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the next try.", e);
    }
  }
}
