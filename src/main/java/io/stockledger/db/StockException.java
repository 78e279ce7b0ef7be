package io.stockledger.db;

/**
 * The root of all failures that the command line has words for. Each carries data, not words: the
 * message names the kind and the data for a log or a stack trace.
 */
public abstract class StockException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Which failure it is, one constant per class. They are listed here, below the packages that
   * throw them, so that the command line can find words and exit status in one exhaustive switch.
   */
  public enum Kind {
    /** {@link DatabaseUnreachableException}. */
    UNREACHABLE,
    /** {@link SessionRefusedException}: user, password, host or account. */
    LOGIN_REFUSED,
    /** {@link SessionRefusedException}: there is no such database. */
    UNKNOWN_DATABASE,
    /** {@link SessionRefusedException}: encryption or certificate. */
    TLS_FAILED,
    /** {@link SessionRefusedException}: a variable of the session or a property of the URL. */
    SETTING_REFUSED,
    /** The user lacks a privilege, to the database or for a statement. */
    NO_PRIVILEGE,
    /** {@link InterruptedWorkException}. */
    INTERRUPTED,
    /** {@link BusyException}. */
    BUSY,
    /** {@link DatabaseException}. */
    DATABASE_ERROR,
    /** {@link StatementTimeoutException}. */
    STATEMENT_TIMEOUT,
    /** The outcome of a move could not be found out. */
    OUTCOME_UNKNOWN,
    /** No item has that number. */
    UNKNOWN_ITEM,
    /** No move has that request id. */
    UNKNOWN_REQUEST,
    /** Another item has that number or code. */
    ITEM_EXISTS,
    /** The request id belongs to another move. */
    REQUEST_ID_REUSED,
    /** The stock would be above BIGINT. */
    STOCK_TOO_LARGE,
    /** A sum is outside of BIGINT. */
    SUM_OUT_OF_RANGE,
    /** A value is not allowed. */
    INVALID_VALUE,
    /** Some closings are written, others not. */
    BATCH_INCOMPLETE,
    /** Some lines of a file are imported, others not. */
    IMPORT_INCOMPLETE,
    /** What had to be read on TiFlash can't be read there. */
    NO_TIFLASH,
    /** TiFlash did not copy the tables in time. */
    TIFLASH_NOT_READY,
    /** Existing tables are not the ledger's. */
    OTHER_SHAPE,
    /** A row has a value that can't be used. */
    DAMAGED_ROW,
    /** Another race runs in the same database. */
    RACE_IN_PROGRESS
  }

  private final Kind kind;

  protected StockException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Which failure it is. */
  public final Kind kind() {
    return kind;
  }
}
