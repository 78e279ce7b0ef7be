package io.stockledger.ledger.transfer;

/** The import was told to stop. */
public final class ImportStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ImportStoppedException() {
    super("the import was stopped");
  }

  /** Throws if the listener wants an import to stop. */
  public static void throwIfStopped(ImportListener listener) {
    if (listener.isStopped()) {
      throw new ImportStoppedException();
    }
  }
}
