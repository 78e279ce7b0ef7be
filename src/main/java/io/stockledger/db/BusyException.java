package io.stockledger.db;

/** Every try met a conflict, or the database could not serve it now. Nothing was changed. */
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BusyException(int tries, Throwable cause) {
    super(
        "Gave up after "
            + tries
            + " tries; nothing was changed. Try again later. The last answer was: "
            + cause.getMessage(),
        cause);
  }
}
