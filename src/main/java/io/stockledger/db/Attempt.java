package io.stockledger.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** What the tries of one unit of work have met so far. */
public final class Attempt {
  private final Duration limit;
  private final LostSessions lostSessions = new LostSessions();
  private long firstFailure;
  private int tries;
  private int conflicts;
  private boolean afterTimeout;
  private boolean afterDuplicate;

  /**
   * Nothing was tried yet.
   *
   * @param limit how long after the first failure another try may begin
   */
  public Attempt(Duration limit) {
    this.limit = limit;
  }

  /** For one request of several that goes on by itself, from what all of them have met. */
  public Attempt continued() {
    Attempt continued = new Attempt(limit);
    continued.lostSessions.addAll(lostSessions);
    continued.afterTimeout = afterTimeout;
    // Whether its own part was done, only its own request id tells.
    continued.afterDuplicate = true;
    return continued;
  }

  void begin() {
    tries++;
  }

  void failed(SqlFailure failure, Session session) {
    failed();
    switch (failure) {
      case CONNECTION_LOST -> lostSessions.add(session);
      case TIMED_OUT -> {
        lostSessions.add(session);
        afterTimeout = true;
      }
      case CONFLICT -> conflicts++;
      case DUPLICATE -> {
        conflicts++;
        afterDuplicate = true;
      }
      case NOT_NOW, NO_TIFLASH, OUT_OF_QUOTA, OTHER -> {}
    }
  }

  /** Starts the retry limit: a first try that hung must not use it up. */
  void failed() {
    if (firstFailure == 0) {
      firstFailure = System.nanoTime();
    }
  }

  /** Begins patience anew: the work came further, so that what follows is not the same failure. */
  public void progressed() {
    firstFailure = 0;
    tries = 1;
  }

  int tries() {
    return tries;
  }

  boolean isOverdue() {
    return firstFailure != 0 && System.nanoTime() - firstFailure > limit.toNanos();
  }

  /** How many tries met a conflict. */
  public int conflicts() {
    return conflicts;
  }

  /** Whether a connection was lost: an earlier try may have committed. */
  public boolean isAfterLoss() {
    return !lostSessions.isEmpty();
  }

  /**
   * Whether the work may be done already: an earlier try may have committed before its connection
   * was lost, or a unique key had its value, and only the server's text, in the server's language,
   * says which key. The request id tells.
   */
  public boolean mayBeDone() {
    return isAfterLoss() || afterDuplicate;
  }

  /** Whether a statement outlived the statement timeout: it may still be running. */
  boolean isAfterTimeout() {
    return afterTimeout;
  }

  /**
   * Waits until the sessions that were lost are gone from the server, so that nothing they were
   * sent can commit any more. A look-up of the request id after that sees the last word.
   *
   * @return false if that could not be learnt within the limit
   */
  public boolean awaitLostSessions(Database database, Connection connection) throws SQLException {
    return lostSessions.awaitGone(database, connection, this::isOverdue);
  }
}
