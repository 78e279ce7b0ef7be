package io.stockledger.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs whole units of work again when the database asks for it: after a conflict, when it can't
 * serve now, and after a lost connection. The tries and the time are bounded.
 */
public final class Retry {

  /** One whole unit of work: it must be right to run it again from its beginning. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Does the work once.
     *
     * @param connection in autocommit
     * @param attempt what went before
     */
    T run(Connection connection, Attempt attempt) throws SQLException;
  }

  private final Database database;
  private final RetryPolicy policy;
  private final LongAdder conflicts = new LongAdder();

  /** With the patience that the database was opened with. */
  public Retry(Database database) {
    this(database, database.retryPolicy());
  }

  public Retry(Database database, RetryPolicy policy) {
    this.database = database;
    this.policy = policy;
  }

  /** How many tries met a conflict, over all calls. */
  public long conflicts() {
    return conflicts.sum();
  }

  /** A unit of work that is yet to be tried, with this retry's patience. */
  public Attempt newAttempt() {
    return new Attempt(policy.limit());
  }

  /**
   * Runs a read, or a write that has the same result however often it is run.
   *
   * @throws BusyException when the tries are used up
   * @throws DatabaseUnreachableException when no connection can be had or kept
   * @throws StatementTimeoutException when a statement takes too long
   * @throws DatabaseException for an error that trying again does not remove
   */
  public <T> T run(Work<T> work) {
    return run(newAttempt(), work);
  }

  /**
   * Runs a write that must take place at most once. The work itself looks up whether it took place
   * already ({@link Attempt#mayBeDone}). After an exception the attempt tells whether it may have
   * taken place; if not, nothing was changed.
   *
   * @throws BusyException when the tries are used up
   * @throws DatabaseUnreachableException when no connection can be had or kept
   * @throws StatementTimeoutException when a statement takes too long
   * @throws DatabaseException for an error that trying again does not remove
   */
  public <T> T run(Attempt attempt, Work<T> work) {
    while (true) {
      SqlFailure failure;
      RuntimeException verdict;
      try {
        return tryOnce(work, attempt);
      } catch (SQLException e) {
        failure = SqlFailure.of(e);
        verdict = verdict(failure, attempt, e);
      } catch (DatabaseUnreachableException e) {
        failure = SqlFailure.CONNECTION_LOST;
        verdict = e;
      }
      if (!mayTryAgain(failure, attempt)) {
        throw verdict;
      }
      pause(policy.delay(failure, attempt.tries()));
    }
  }

  private <T> T tryOnce(Work<T> work, Attempt attempt) throws SQLException {
    attempt.begin();
    try (Connection connection = database.connection()) {
      Session session = database.session(connection);
      try {
        if (attempt.isAfterTimeout() && !attempt.awaitLostSessions(database, connection)) {
          throw new StatementTimeoutException(database.statementTimeout(), null);
        }
        return work.run(connection, attempt);
      } catch (SQLException e) {
        SqlFailure failure = SqlFailure.of(e);
        attempt.failed(failure, session);
        if (failure == SqlFailure.CONFLICT || failure == SqlFailure.DUPLICATE) {
          conflicts.increment();
        }
        throw e;
      }
    }
  }

  private RuntimeException verdict(SqlFailure failure, Attempt attempt, SQLException error) {
    return switch (failure) {
      case TIMED_OUT -> new StatementTimeoutException(database.statementTimeout(), error);
      case DUPLICATE, CONFLICT, NOT_NOW -> new BusyException(attempt.tries(), error);
      case CONNECTION_LOST ->
          new DatabaseUnreachableException(
              "The connection to the database was lost: "
                  // The driver goes on with when it last heard of the server.
                  + error.getMessage().lines().findFirst().orElse("no reason given"),
              error);
      case NO_TIFLASH, OUT_OF_QUOTA, OTHER -> new DatabaseException(error);
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
          case NO_TIFLASH, OUT_OF_QUOTA, OTHER -> false;
        };
    return retriable && attempt.tries() < policy.tries() && !attempt.isOverdue();
  }

  /** Waits, and ends the wait when the thread is asked to stop. */
  static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the next try.", e);
    }
  }
}
