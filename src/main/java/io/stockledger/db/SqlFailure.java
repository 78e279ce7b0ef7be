package io.stockledger.db;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/**
 * What an SQL error asks for. The numbers are TiDB's (docs.pingcap.com, error codes), and MySQL's
 * and MariaDB's where they have the same meaning.
 */
public enum SqlFailure {
  /** 1062: a unique key has the value already. Which key it is, {@link #isOnKey} tells. */
  DUPLICATE,
  /** Somebody else wrote first. Rolled back whole; the same statement may be sent again. */
  CONFLICT,
  /** PD, TiKV or a region can't serve this now. Rolled back; again after a longer wait. */
  NOT_NOW,
  /** Nobody knows what became of the statement. */
  CONNECTION_LOST,
  /** There is no plan with TiFlash, or TiFlash can't serve this now. */
  NO_TIFLASH,
  /** The query needs more memory than it may have. */
  OUT_OF_QUOTA,
  /** All other errors: they go up with their cause. */
  OTHER;

  private static final int DUPLICATE_ENTRY = 1062;
  private static final int TIDB_UNKNOWN_ERROR = 1105;

  // 1205 lock wait timeout, 1213 deadlock, 1467 MariaDB: no next AUTO_INCREMENT value while another
  // session holds the table's lock for it (tables of an earlier version have such a column),
  // 8002 can't retry in FOR UPDATE, 8005 latch, 8022 retryable commit, 8028 schema changed, 8147
  // duplicate found at commit, 9007 write conflict.
  private static final Set<Integer> CONFLICTS =
      Set.of(1205, 1213, 1467, 8002, 8005, 8022, 8028, 8147, 9007);

  // 9001 PD, 9002 TiKV, 9003 TiKV busy, 9004 resolve lock, 9005 region unavailable.
  private static final Set<Integer> NOT_NOW_CODES = Set.of(9001, 9002, 9003, 9004, 9005);

  // 1053 server is shutting down, 1079 and 1080 shutdown, 1927 MariaDB: connection was killed.
  private static final Set<Integer> CONNECTION_CODES = Set.of(1053, 1079, 1080, 1927);

  // 1815 no plan, 9012 TiFlash timeout, 9013 TiFlash busy.
  private static final Set<Integer> TIFLASH_CODES = Set.of(1815, 9012, 9013);

  private static final int QUERY_MEMORY_QUOTA = 8175;

  /** Reads an error as the driver or the pool throws it. */
  public static SqlFailure of(SQLException error) {
    int code = error.getErrorCode();
    if (code == DUPLICATE_ENTRY) {
      return DUPLICATE;
    }
    if (CONFLICTS.contains(code) || isConflictUnderAnOrdinaryNumber(error)) {
      return CONFLICT;
    }
    if (NOT_NOW_CODES.contains(code)) {
      return NOT_NOW;
    }
    if (TIFLASH_CODES.contains(code)) {
      return NO_TIFLASH;
    }
    if (code == QUERY_MEMORY_QUOTA) {
      return OUT_OF_QUOTA;
    }
    if (CONNECTION_CODES.contains(code) || isConnectionState(error) || isBrokenOff(error)) {
      return CONNECTION_LOST;
    }
    return OTHER;
  }

  private static boolean isConnectionState(SQLException error) {
    String state = error.getSQLState();
    return state != null && state.startsWith("08");
  }

  /**
   * Connector/J has the state S1000 and the code 0 for a connection that is lost within a row of an
   * answer; the cause is what it met while reading.
   */
  private static boolean isBrokenOff(SQLException error) {
    return error.getErrorCode() == 0 && error.getCause() instanceof IOException;
  }

  /** TiDB reports some conflicts as 1105, its catch-all (pingcap/tidb 58564, 60679). */
  private static boolean isConflictUnderAnOrdinaryNumber(SQLException error) {
    if (error.getErrorCode() != TIDB_UNKNOWN_ERROR || error.getMessage() == null) {
      return false;
    }
    String message = error.getMessage().toLowerCase(Locale.ROOT);
    return message.contains("tikv aborts txn") || message.contains("retry limit reached");
  }

  /**
   * Tells whether a {@link #DUPLICATE} is on the key of that name: {@code for key 'request'} in
   * MariaDB's words, {@code for key 'stock_moves.request'} in TiDB's and MySQL's.
   */
  public static boolean isOnKey(SQLException duplicate, String key) {
    String message = String.valueOf(duplicate.getMessage());
    return message.endsWith("'" + key + "'") || message.endsWith("." + key + "'");
  }
}
