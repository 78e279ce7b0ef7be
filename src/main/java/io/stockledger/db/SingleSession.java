package io.stockledger.db;

import io.stockledger.db.failure.SessionRefusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;

/**
 * One session, for a command that does one thing after another. A pool would take a noticeable part
 * of a short command's time to start. If the session is closed or lost, the next user gets a new
 * one.
 */
final class SingleSession implements SessionLoan {
  /** A session that was used less long ago than this is not checked before it is lent again. */
  private static final Duration FRESH = Duration.ofMillis(500);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final SessionSource sessions;
  private final Duration patience;
  private Optional<Connection> kept = Optional.empty();
  private Optional<Connection> lent = Optional.empty();
  private long givenBackNanos;

  /**
   * Makes a loan that has no session yet.
   *
   * @param patience how long to wait for the session
   */
  SingleSession(SessionSource sessions, Duration patience) {
    this.sessions = sessions;
    this.patience = patience;
  }

  @Override
  public synchronized Connection take() throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    awaitReturn(deadline);
    Optional<Connection> reused = takeKept();
    Connection connection = reused.isPresent() ? reused.get() : open(deadline);
    lent = Optional.of(connection);
    return connection;
  }

  private void awaitReturn(long deadline) throws SQLException {
    while (lent.isPresent() && !lent.get().isClosed()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new SQLTransientConnectionException("The only connection is in use.");
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLTransientConnectionException("Interrupted while waiting.", e);
      }
    }
  }

  private Optional<Connection> takeKept() throws SQLException {
    Optional<Connection> taken = kept;
    kept = Optional.empty();
    if (taken.isPresent() && !isAlive(taken.get())) {
      discard(taken.get());
      return Optional.empty();
    }
    return taken;
  }

  private boolean isAlive(Connection connection) throws SQLException {
    return System.nanoTime() - givenBackNanos < FRESH.toNanos()
        || connection.isValid(Math.toIntExact(Math.max(1, patience.toSeconds())));
  }

  /** Opens a session, and tries again for a while, because a server may be about to come back. */
  private Connection open(long deadline) throws SQLException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return sessions.open();
      } catch (SQLException e) {
        if (System.nanoTime() + pause.toNanos() > deadline || SessionRefusal.of(e).isPresent()) {
          throw e;
        }
      }
      Retry.pause(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  @Override
  public synchronized void giveBack(Connection connection) {
    if (isAsLent(connection)) {
      kept = Optional.of(connection);
      givenBackNanos = System.nanoTime();
    } else {
      discard(connection);
    }
    lent = Optional.empty();
    notifyAll();
  }

  private static boolean isAsLent(Connection connection) {
    try {
      return !connection.isClosed() && connection.getAutoCommit();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server ends the session when its connection is gone, and rolls back what is open.
    }
  }

  @Override
  public synchronized void close() {
    kept.ifPresent(this::discard);
    lent.ifPresent(this::discard);
    kept = Optional.empty();
    lent = Optional.empty();
  }
}
