package io.stockledger.ledger.hold;

import io.stockledger.db.failure.KnownException;

/** A release of the holds whose time is over failed after it had released some of them. */
public final class ReleaseIncompleteException extends KnownException {
  private static final long serialVersionUID = 1;

  private final KnownException failure;

  ReleaseIncompleteException(KnownException failure) {
    super("release_incomplete", "released a part of the holds", failure);
    this.failure = failure;
  }

  /** Why the release ended. */
  public KnownException failure() {
    return failure;
  }
}
