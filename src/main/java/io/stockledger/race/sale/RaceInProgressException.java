package io.stockledger.race.sale;

/** Another race runs in the same database; nothing was changed. */
public final class RaceInProgressException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RaceInProgressException() {
    super("Another race runs in this database. Wait until it is over.");
  }
}
