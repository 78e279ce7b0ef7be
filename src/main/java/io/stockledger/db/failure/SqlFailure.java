package io.stockledger.db.failure;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The class of an SQL error, which decides what the caller does next. The numbers are TiDB's
 * (docs.pingcap.com, error codes; those that are not on that page are in TiDB's errors.toml), and
 * MySQL's and MariaDB's where they have the same meaning.
 */
public enum SqlFailure {
  /** A unique key has the value already ({@code Attempt.mustLookUpRequest}). */
  DUPLICATE,
  /** Another transaction wrote first. Rolled back whole; the same statement may be sent again. */
  CONFLICT,
  /** PD, TiKV or a region can't serve this now. Rolled back; a try after a longer wait may work. */
  NOT_NOW,
  /** The connection is lost: what became of the statement is not known. */
  CONNECTION_LOST,
  /** No answer came within the statement timeout: the statement may still be running. */
  TIMED_OUT,
  /** There is no plan with TiFlash, or TiFlash can't serve this now, or failed at it. */
  NO_TIFLASH,
  /** The query needs more memory than it may have. */
  OUT_OF_QUOTA,
  /** A column or an expression does not hold a value. */
  OUT_OF_RANGE,
  /** A table does not exist. */
  NO_SUCH_TABLE,
  /** The disk or the table is full. */
  NO_ROOM,
  /** The server, the transaction or the table is read-only. */
  READ_ONLY,
  /** The user lacks a privilege. */
  NO_PRIVILEGE,
  /** All other errors. */
  OTHER;

  // 1062 duplicate entry.
  private static final Set<Integer> DUPLICATE_CODES = Set.of(1062);

  // 1205 lock wait timeout, 1213 deadlock, 1467 MariaDB: no next AUTO_INCREMENT value while another
  // session holds the table's lock for it (tables of an earlier version have such a column), 1615
  // the table's definition changed, so a statement must be prepared again, 8002 can't retry in FOR
  // UPDATE, 8005 latch, 8022 retryable commit, 8028 schema changed, 8147 duplicate found at commit,
  // 9007 write conflict.
  private static final Set<Integer> CONFLICT_CODES =
      Set.of(1205, 1213, 1467, 1615, 8002, 8005, 8022, 8028, 8147, 9007);

  // 8027 the schema could not be loaded in time, 8252 the resource group's quota, 9001 PD, 9002
  // TiKV, 9003 TiKV busy, 9004 resolve lock, 9005 region unavailable, 9006 the snapshot is older
  // than what is kept (a new try takes a new one), 9008 store limit, 9010 stale command; in
  // errors.toml: 9011 TiKV's timestamp is not synced.
  private static final Set<Integer> NOT_NOW_CODES =
      Set.of(8027, 8252, 9001, 9002, 9003, 9004, 9005, 9006, 9008, 9010, 9011);

  // 1053 server is shutting down, 1079 and 1080 shutdown, 1927 MariaDB: connection was killed.
  private static final Set<Integer> CONNECTION_CODES = Set.of(1053, 1079, 1080, 1927);

  // 1815: TiDB finds no plan with the storage that a hint names; also a warning, with which TiDB
  // reads elsewhere.
  private static final int NO_PLAN = 1815;

  // 9012 TiFlash timeout, 9013 TiFlash busy.
  private static final Set<Integer> TIFLASH_CODES = Set.of(NO_PLAN, 9012, 9013);

  // 8001 the threshold of a query's memory, 8175 the query's quota, 8176 the server's limit, of
  // which this query used most. The last two are in errors.toml.
  private static final Set<Integer> MEMORY_CODES = Set.of(8001, 8175, 8176);

  // 1264 out of range for the column, 1690 out of range of BIGINT in an expression.
  private static final Set<Integer> RANGE_CODES = Set.of(1264, 1690);

  // 1146 no such table.
  private static final Set<Integer> TABLE_CODES = Set.of(1146);

  // 1021 disk full, 1114 table full.
  private static final Set<Integer> ROOM_CODES = Set.of(1021, 1114);

  // 1036 table, 1290 an option of the server (--read-only), 1792 transaction, 1836 read-only mode.
  private static final Set<Integer> READ_ONLY_CODES = Set.of(1036, 1290, 1792, 1836);

  // 1044 database, 1142 table, 1143 column, 1227 a privilege that is named, 1370 routine; in TiDB's
  // errors.toml: 8121 any of them.
  private static final Set<Integer> PRIVILEGE_CODES = Set.of(1044, 1142, 1143, 1227, 1370, 8121);

  /** ER_BINLOG_STMT_MODE_AND_ROW_ENGINE of MySQL and MariaDB. */
  private static final int STATEMENT_BINLOG = 1665;

  /** ER_BAD_NULL_ERROR. */
  private static final int NULL_REFUSED = 1048;

  /** TiDB's catch-all number. */
  private static final int UNKNOWN_ERROR = 1105;

  /** TiDB reports some conflicts under its catch-all number (pingcap/tidb 58564, 60679). */
  private static final List<String> CONFLICT_WORDS =
      List.of("tikv aborts txn", "retry limit reached");

  /**
   * Words, in lower case, of errors of TiFlash under TiDB's catch-all number. TiDB passes TiFlash's
   * own text on (pingcap/tidb, pkg/executor/internal/mpp/local_mpp_coordinator.go):
   *
   * <ul>
   *   <li>"other error for mpp stream: …" for all that fails while TiFlash is read (pingcap/tiflash
   *       1684, 6051), TiFlash's memory limits among it (10251: "Memory limit (total) exceeded",
   *       TiFlashException);
   *   <li>"[FLASH:Coprocessor:MemoryLimitExceeded] Memory limit …", and before that version without
   *       the name in brackets, when TiFlash is read without MPP (pingcap/tidb 20508,
   *       pingcap/tiflash 1224), and "DB::Exception" for any failure in TiFlash's code;
   *   <li>"rpc error: code = Unavailable …" when TiFlash goes away while it is read (pingcap/tidb
   *       23414).
   * </ul>
   */
  private static final List<String> TIFLASH_WORDS =
      List.of("mpp", "tiflash", "[flash:", "memory limit", "db::exception", "rpc error: code =");

  /** Classifies an error as the driver or the pool throws it. */
  public static SqlFailure of(SQLException error) {
    int code = error.getErrorCode();
    if (DUPLICATE_CODES.contains(code)) {
      return DUPLICATE;
    }
    if (CONFLICT_CODES.contains(code) || isUnknownWith(error, CONFLICT_WORDS)) {
      return CONFLICT;
    }
    if (NOT_NOW_CODES.contains(code)) {
      return NOT_NOW;
    }
    if (TIFLASH_CODES.contains(code) || isUnknownWith(error, TIFLASH_WORDS)) {
      return NO_TIFLASH;
    }
    if (MEMORY_CODES.contains(code)) {
      return OUT_OF_QUOTA;
    }
    if (isTimeout(error)) {
      return TIMED_OUT;
    }
    return isConnectionLost(error) ? CONNECTION_LOST : ofStatement(code);
  }

  private static SqlFailure ofStatement(int code) {
    if (RANGE_CODES.contains(code)) {
      return OUT_OF_RANGE;
    }
    if (TABLE_CODES.contains(code)) {
      return NO_SUCH_TABLE;
    }
    if (ROOM_CODES.contains(code)) {
      return NO_ROOM;
    }
    if (PRIVILEGE_CODES.contains(code)) {
      return NO_PRIVILEGE;
    }
    return READ_ONLY_CODES.contains(code) ? READ_ONLY : OTHER;
  }

  /** Whether an error of ALTER TABLE … SET TIFLASH REPLICA says that there is no TiFlash server. */
  public static boolean isNoTiflashServer(SQLException error) {
    // TiDB has no number for it, and the views that list a cluster's servers need a privilege
    // (pingcap/tidb 26220).
    return isUnknownWith(error, List.of("tiflash replica count"))
        && isUnknownWith(error, List.of("tiflash server count"));
  }

  /** Whether a column that must have a value was given none. */
  public static boolean isNullRefused(SQLException error) {
    return error.getErrorCode() == NULL_REFUSED;
  }

  /**
   * Whether the server refuses every change because its binary log has the format STATEMENT: InnoDB
   * writes it at READ COMMITTED, which all sessions have, by rows only (dev.mysql.com, "Setting The
   * Binary Log Format").
   */
  public static boolean isStatementBinlog(SQLException error) {
    return error.getErrorCode() == STATEMENT_BINLOG;
  }

  /**
   * Returns TiDB's warning that a statement was read elsewhere than its hint says. No other warning
   * of a SELECT matters: its rows are right whatever it warns of. For example TiDB warns of each
   * prepared statement that it reads on TiFlash (1105, "skip prepared plan-cache: TiFlash plan is
   * un-cacheable").
   */
  public static Optional<SQLWarning> noPlanWarning(Statement statement) throws SQLException {
    SQLWarning warning = statement.getWarnings();
    while (warning != null && warning.getErrorCode() != NO_PLAN) {
      warning = warning.getNextWarning();
    }
    return Optional.ofNullable(warning);
  }

  /** Whether another transaction was first. */
  public boolean isConflict() {
    return this == CONFLICT || this == DUPLICATE;
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

  private static boolean isConnectionLost(SQLException error) {
    String state = error.getSQLState();
    return CONNECTION_CODES.contains(error.getErrorCode())
        || (state != null && state.startsWith("08"))
        || isLostWhileStreaming(error);
  }

  /**
   * Connector/J reports a connection that is lost between two rows of a stream with SQLSTATE S1000,
   * its state for every unknown error; the causes hold the real reason (seen with 26.10.0).
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

  private static boolean isUnknownWith(SQLException error, List<String> words) {
    if (error.getErrorCode() != UNKNOWN_ERROR || error.getMessage() == null) {
      return false;
    }
    String message = error.getMessage().toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(message::contains);
  }
}
