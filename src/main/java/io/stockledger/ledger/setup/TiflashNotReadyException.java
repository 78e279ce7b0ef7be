package io.stockledger.ledger.setup;

import java.time.Duration;

/** TiFlash did not have its copies of the tables in time. */
public final class TiflashNotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TiflashNotReadyException(Duration limit, String progress) {
    super(
        "TiFlash has not copied the tables within "
            + limit.toSeconds()
            + " s ("
            + progress
            + "). The ledger works without it. To wait again: setup-db --tiflash-timeout "
            + (limit.toSeconds() * 2 + 1));
  }
}
