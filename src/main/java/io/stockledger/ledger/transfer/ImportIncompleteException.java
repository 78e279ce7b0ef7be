package io.stockledger.ledger.transfer;

import io.stockledger.db.failure.KnownException;

/** An import stopped in the middle. Running it again completes it. */
public final class ImportIncompleteException extends KnownException {
  private static final long serialVersionUID = 1;

  private final long lastLine;
  private final Exception failure;

  public ImportIncompleteException(long lastLine, Exception failure) {
    super("import_incomplete", "imported up to line " + lastLine, failure);
    this.lastLine = lastLine;
    this.failure = failure;
  }

  /** The line up to which all is done; later lines may be done. 0 if none is known to be done. */
  public long lastLine() {
    return lastLine;
  }

  /** Why the import stopped. */
  public Exception failure() {
    return failure;
  }
}
