package io.stockledger.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The history of one unit of work: what its tries have met so far. */
public final class Attempt {
  private final Duration limit;
  private final List<Session> lostSessions = new ArrayList<>();
  private long firstFailureNanos;
  private int tries;
  private int conflicts;
  private boolean afterTimeout;
  private boolean afterDuplicate;

  /**
   * Begins a history without tries.
   *
   * @param limit how long after the first failure another try may begin
   */
  public Attempt(Duration limit) {
    this.limit = limit;
  }

  /** Returns the history of one request of a group that goes on by itself. */
  public Attempt continued() {
    Attempt continued = new Attempt(limit);
    continued.lostSessions.addAll(lostSessions);
    continued.afterTimeout = afterTimeout;
    // Only its own request id tells whether the group made its move.
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
      case NOT_NOW,
          NO_TIFLASH,
          OUT_OF_QUOTA,
          OUT_OF_RANGE,
          NO_SUCH_TABLE,
          NO_ROOM,
          READ_ONLY,
          OTHER -> {}
    }
  }

  /**
   * Starts the time limit with the first failure, so that a first try that hung does not use it.
   */
  void failed() {
    if (firstFailureNanos == 0) {
      firstFailureNanos = System.nanoTime();
    }
  }

  /** Forgets the failures, because the work came further: the next failure is another one. */
  public void progressed() {
    firstFailureNanos = 0;
    tries = 1;
  }

  int tries() {
    return tries;
  }

  boolean isOverdue() {
    return firstFailureNanos != 0 && System.nanoTime() - firstFailureNanos > limit.toNanos();
  }

  /** How many tries met a conflict. */
  public int conflicts() {
    return conflicts;
  }

  List<Session> lostSessions() {
    return lostSessions;
  }

  /** Whether a connection was lost: an earlier try may have committed. */
  public boolean isAfterLoss() {
    return !lostSessions.isEmpty();
  }

  /**
   * Whether the work may be done already, so that its request id must be looked up: a connection
   * was lost, or a unique key had a value already. Which key that was only the text of the error
   * says, in the server's language.
   */
  public boolean mayBeDone() {
    return isAfterLoss() || afterDuplicate;
  }

  /** Whether a statement outlived the statement timeout: it may still be running. */
  boolean isAfterTimeout() {
    return afterTimeout;
  }
}
