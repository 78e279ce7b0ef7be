package io.stockledger.db;

import io.stockledger.db.failure.SqlFailure;
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
  private boolean isContinued;

  /**
   * Begins a history without tries.
   *
   * @param limit how long after the first failure another try may begin
   */
  public Attempt(Duration limit) {
    this.limit = limit;
  }

  /** Returns the history for one request of this group that is tried by itself from now on. */
  public Attempt continued() {
    Attempt continued = new Attempt(limit);
    continued.lostSessions.addAll(lostSessions);
    continued.afterTimeout = afterTimeout;
    // The group may have made the move of the request: only a look-up of its request id tells.
    continued.afterDuplicate = true;
    continued.isContinued = true;
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
          NO_PRIVILEGE,
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

  /** Begins the count of tries and the time limit anew, because a part of the work is done. */
  public void progressed() {
    firstFailureNanos = 0;
    tries = 1;
  }

  /**
   * Takes note that a part of the work is committed and the rest must be decided anew, so that the
   * caller looks up what is done and takes it as its own.
   */
  public void doneInPart() {
    afterDuplicate = true;
    isContinued = true;
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
   * Whether the caller must look up the request before it does the work once more, because it may
   * be done already: a connection was lost, or a unique key had a value already. Only the text of
   * the error says which key that was, in the server's language.
   */
  public boolean mustLookUpRequest() {
    return isAfterLoss() || afterDuplicate;
  }

  /**
   * Whether the caller must take work that it finds done as its own, because an earlier try may
   * have done it. A unique key that had a value already is no such case: that try changed nothing.
   */
  public boolean takesFoundWorkAsOwn() {
    return isAfterLoss() || isContinued;
  }

  /** Whether a statement outlived the statement timeout: it may still be running. */
  boolean isAfterTimeout() {
    return afterTimeout;
  }
}
