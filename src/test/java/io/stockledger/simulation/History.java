package io.stockledger.simulation;

/**
 * What the tries of a writer have met, as {@code Attempt} keeps it.
 *
 * @param tries the number of the try that is under way
 * @param afterLoss whether a connection was lost
 * @param lostSessions the lost sessions that the server still has, one bit each
 * @param afterDuplicate whether a unique key had a value already
 * @param metConflict whether a try met a conflict
 * @param isContinued whether a group had the request before
 * @param isHindered whether the ledger has changed since the try began
 */
record History(
    int tries,
    boolean afterLoss,
    int lostSessions,
    boolean afterDuplicate,
    boolean metConflict,
    boolean isContinued,
    boolean isHindered) {

  static History begin() {
    return new History(1, false, 0, false, false, false, false);
  }

  /** Why a try has failed. */
  enum Failure {
    /** A unique key had a value already. */
    DUPLICATE,
    /** Another transaction wrote first. */
    CONFLICT,
    /** The server can't serve this now. */
    NOT_NOW,
    /** The connection was lost. */
    LOSS
  }

  History failed(Failure failure) {
    boolean conflict = failure == Failure.DUPLICATE || failure == Failure.CONFLICT;
    return new History(
        tries,
        afterLoss || failure == Failure.LOSS,
        lostSessions,
        afterDuplicate || failure == Failure.DUPLICATE,
        metConflict || conflict,
        isContinued,
        isHindered);
  }

  History nextTry() {
    return new History(
        tries + 1, afterLoss, lostSessions, afterDuplicate, metConflict, isContinued, false);
  }

  History hindered() {
    return isHindered
        ? this
        : new History(
            tries, afterLoss, lostSessions, afterDuplicate, metConflict, isContinued, true);
  }

  History withLostSessions(int sessions) {
    return sessions == lostSessions
        ? this
        : new History(
            tries, afterLoss, sessions, afterDuplicate, metConflict, isContinued, isHindered);
  }

  /** A part of the work is committed, and the rest must be decided anew. */
  History doneInPart(boolean isOwn) {
    return new History(
        tries, afterLoss, lostSessions, true, metConflict, isContinued || isOwn, false);
  }

  /** The history for one request of a group that goes on by itself. */
  History continued() {
    return new History(1, afterLoss, lostSessions, true, false, true, false);
  }
}
