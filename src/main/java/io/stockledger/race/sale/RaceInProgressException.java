package io.stockledger.race.sale;

import io.stockledger.db.StockException;

/** Another race runs in the same database; nothing was changed. */
public final class RaceInProgressException extends StockException {
  private static final long serialVersionUID = 1;

  RaceInProgressException() {
    super(Kind.RACE_IN_PROGRESS, "another race runs in this database", null);
  }
}
