package io.stockledger.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the tries of one unit of work have met so far. */
public final class Attempt {
  private static final String SESSION_IS_THERE =
      """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.PROCESSLIST
      WHERE ID = ? AND ID <> CONNECTION_ID()
      """;

  // PROCESSLIST shows the sessions of one TiDB server only (docs.pingcap.com,
  // CLUSTER_PROCESSLIST).
  private static final String SESSION_IS_THERE_IN_CLUSTER =
      """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.CLUSTER_PROCESSLIST
      WHERE ID = ? AND ID <> CONNECTION_ID()
      """;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final Duration limit;
  private long firstFailure;
  private final List<Long> lostSessions = new ArrayList<>();
  private int tries;
  private int conflicts;

  Attempt(Duration limit) {
    this.limit = limit;
  }

  void begin() {
    tries++;
  }

  void failed(SqlFailure failure, long session) {
    failed();
    switch (failure) {
      case CONNECTION_LOST -> lostSessions.add(session);
      case CONFLICT, DUPLICATE -> conflicts++;
      case NOT_NOW, NO_TIFLASH, OUT_OF_QUOTA, OTHER -> {}
    }
  }

  /** Patience begins to run out here: a first try that hung must not use it up. */
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

  /** How many tries met a conflict: time to queue. */
  public int conflicts() {
    return conflicts;
  }

  /** Whether a connection was lost: an earlier try may have committed. */
  public boolean isAfterLoss() {
    return !lostSessions.isEmpty();
  }

  /**
   * Waits until the sessions that were lost are gone from the server, so that nothing they were
   * sent can commit any more. Whoever looks the request id up after that sees the last word.
   *
   * @return false if that could not be learnt within the limit
   */
  public boolean awaitLostSessions(Connection connection, boolean tidb) throws SQLException {
    String sql = tidb ? SESSION_IS_THERE_IN_CLUSTER : SESSION_IS_THERE;
    for (long session : lostSessions) {
      while (isThere(connection, sql, session)) {
        if (isOverdue()) {
          return false;
        }
        Retry.pause(BETWEEN_LOOKS);
      }
    }
    return true;
  }

  private static boolean isThere(Connection connection, String sql, long session)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, session);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1) > 0;
      }
    }
  }
}
