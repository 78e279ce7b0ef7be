package io.stockledger.ledger.aggregate;

/** What was to be read on TiFlash, and nowhere else, can't be read there. */
public final class NoTiflashException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NoTiflashException(String message) {
    super(message);
  }
}
