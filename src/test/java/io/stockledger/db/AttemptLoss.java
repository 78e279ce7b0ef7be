package io.stockledger.db;

import io.stockledger.db.failure.SqlFailure;

/** Loses the connection of an attempt, for tests that have no database. */
public final class AttemptLoss {
  private AttemptLoss() {}

  /** Lets a try fail whose connection was lost, so that its work may be done. */
  public static void lose(Attempt attempt) {
    attempt.failed(SqlFailure.CONNECTION_LOST, new Session("", 1, "", 0));
  }
}
