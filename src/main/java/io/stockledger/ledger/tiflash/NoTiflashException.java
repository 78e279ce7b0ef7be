package io.stockledger.ledger.tiflash;

import io.stockledger.db.failure.KnownException;

/** The failure to read on TiFlash what must not be read elsewhere. */
public final class NoTiflashException extends KnownException {
  private static final long serialVersionUID = 1;

  /** Why not. */
  public enum Reason {
    /** The server is not TiDB. */
    NOT_TIDB,
    /** TiFlash has no copy of the tables that can be read. */
    NO_COPY,
    /** TiDB warned that it read elsewhere; the warning is the cause. */
    NOT_CHOSEN,
    /** TiFlash failed while it was read; its error is the cause. */
    FAILED
  }

  private final Reason reason;

  public NoTiflashException(Reason reason, Throwable cause) {
    super("no_tiflash", "not on TiFlash: " + reason, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
