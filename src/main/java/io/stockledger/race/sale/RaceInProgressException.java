package io.stockledger.race.sale;

import io.stockledger.db.failure.KnownException;

/** Another race runs in the same database; nothing was changed. */
public final class RaceInProgressException extends KnownException {
  private static final long serialVersionUID = 1;

  RaceInProgressException() {
    super("race_in_progress", "another race runs in this database", null);
  }
}
