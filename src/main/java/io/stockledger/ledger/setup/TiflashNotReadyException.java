package io.stockledger.ledger.setup;

import io.stockledger.db.failure.KnownException;
import java.time.Duration;

/** TiFlash did not have its copies of the tables in time. */
public final class TiflashNotReadyException extends KnownException {
  private static final long serialVersionUID = 1;

  private final Duration limit;
  private final String progress;

  TiflashNotReadyException(Duration limit, String progress) {
    super("tiflash_not_ready", "no copies within " + limit + ": " + progress, null);
    this.limit = limit;
    this.progress = progress;
  }

  /** How long the copies were waited for. */
  public Duration limit() {
    return limit;
  }

  /** How far the copy of each table is. */
  public String progress() {
    return progress;
  }
}
