package io.stockledger.stream;

import io.stockledger.db.failure.KnownException;

/** A client more than the stream takes. */
public final class TooManyClientsException extends KnownException {
  private static final long serialVersionUID = 1;

  private final int most;

  TooManyClientsException(int most) {
    super("too_many_clients", "More than " + most + " clients", null);
    this.most = most;
  }

  /** How many clients the stream takes. */
  public int most() {
    return most;
  }
}
