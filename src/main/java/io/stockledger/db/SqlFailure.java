package io.stockledger.db;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an SQL error asks for. The numbers are TiDB's (docs.pingcap.com, error codes; those that are
 * not on that page are in TiDB's errors.toml), and MySQL's and MariaDB's where they have the same
 * meaning.
 */
public enum SqlFailure {
  /** 1062: a unique key has the value already ({@link Attempt#mayBeDone}). */
  DUPLICATE,
  /** Somebody else wrote first. Rolled back whole; the same statement may be sent again. */
  CONFLICT,
  /** PD, TiKV or a region can't serve this now. Rolled back; again after a longer wait. */
  NOT_NOW,
  /** Nobody knows what became of the statement. */
  CONNECTION_LOST,
  /** The same, because no answer came within the statement timeout: it may still be running. */
  TIMED_OUT,
  /** There is no plan with TiFlash, or TiFlash can't serve this now, or failed at it. */
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

  // 8027 the schema could not be loaded in time, 8252 the resource group's quota, 9001 PD, 9002
  // TiKV,
  // 9003 TiKV busy, 9004 resolve lock, 9005 region unavailable, 9006 the snapshot is older than
  // what
  // is kept (a new try takes a new one), 9008 store limit, 9010 stale command; in errors.toml: 9011
  // TiKV's timestamp is not synced.
  private static final Set<Integer> NOT_NOW_CODES =
      Set.of(8027, 8252, 9001, 9002, 9003, 9004, 9005, 9006, 9008, 9010, 9011);

  // 1053 server is shutting down, 1079 and 1080 shutdown, 1927 MariaDB: connection was killed.
  private static final Set<Integer> CONNECTION_CODES = Set.of(1053, 1079, 1080, 1927);

  // 1815 no plan, 9012 TiFlash timeout, 9013 TiFlash busy.
  private static final Set<Integer> TIFLASH_CODES = Set.of(1815, 9012, 9013);

  /**
   * How an error of TiFlash's reads under TiDB's catch-all, in lower case. TiDB hands TiFlash's own
   * text on (pingcap/tidb, pkg/executor/internal/mpp/local_mpp_coordinator.go):
   *
   * <ul>
   *   <li>"other error for mpp stream: …" for all that fails while it is read (pingcap/tiflash
   *       1684, 6051), TiFlash's memory limits among it (10251: "Memory limit (total) exceeded",
   *       TiFlashException);
   *   <li>"[FLASH:Coprocessor:MemoryLimitExceeded] Memory limit …", and before that version without
   *       the name in brackets, when it is read without MPP (pingcap/tidb 20508, pingcap/tiflash
   *       1224), and "DB::Exception" as any failure in TiFlash's code is called;
   *   <li>"rpc error: code = Unavailable …" when TiFlash goes away in the middle (pingcap/tidb
   *       23414).
   * </ul>
   */
  private static final List<String> TIFLASH_WORDS =
      List.of("mpp", "tiflash", "[flash:", "memory limit", "db::exception", "rpc error: code =");

  // 8001 the threshold of a query's memory, 8175 the query's quota, 8176 the server's limit, of
  // which this query used most. The last two are in errors.toml.
  private static final Set<Integer> MEMORY_CODES = Set.of(8001, 8175, 8176);

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
    if (TIFLASH_CODES.contains(code) || isTiflashUnderAnOrdinaryNumber(error)) {
      return NO_TIFLASH;
    }
    if (MEMORY_CODES.contains(code)) {
      return OUT_OF_QUOTA;
    }
    if (isTimeout(error)) {
      return TIMED_OUT;
    }
    String state = error.getSQLState();
    if (CONNECTION_CODES.contains(code)
        || (state != null && state.startsWith("08"))
        || isLostWhileStreaming(error)) {
      return CONNECTION_LOST;
    }
    return OTHER;
  }

  /** Whether the connection is gone and the outcome of its last statement with it. */
  public boolean isConnectionLost() {
    return this == CONNECTION_LOST || this == TIMED_OUT;
  }

  private static boolean isTimeout(SQLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /**
   * A connection that is lost between two rows of a stream has SQLSTATE S1000 in Connector/J, the
   * one for all that it knows nothing of; the causes tell (seen with 26.10.0).
   */
  private static boolean isLostWhileStreaming(SQLException error) {
    if (error.getErrorCode() != 0) {
      return false;
    }
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** TiDB reports some conflicts as 1105, its catch-all (pingcap/tidb 58564, 60679). */
  private static boolean isConflictUnderAnOrdinaryNumber(SQLException error) {
    return isUnknownWith(error, List.of("tikv aborts txn", "retry limit reached"));
  }

  private static boolean isTiflashUnderAnOrdinaryNumber(SQLException error) {
    return isUnknownWith(error, TIFLASH_WORDS);
  }

  private static boolean isUnknownWith(SQLException error, List<String> words) {
    if (error.getErrorCode() != TIDB_UNKNOWN_ERROR || error.getMessage() == null) {
      return false;
    }
    String message = error.getMessage().toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(message::contains);
  }
}
