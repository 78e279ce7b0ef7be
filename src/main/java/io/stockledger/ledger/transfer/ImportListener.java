package io.stockledger.ledger.transfer;

/**
 * Is told of an import while it runs, and may stop it. The calls come from one thread, but for
 * those of {@link #isStopped}.
 */
public interface ImportListener {

  /** The file is read and checked; its lines are imported from now on. */
  void started(long lines);

  /** A line was refused or is faulty. These calls are in the order of the file. */
  void rejected(Rejection rejection);

  /** So many more lines are done. */
  void advanced(long lines);

  /** All is done up to a line of the file. */
  default void doneUpTo(long line) {}

  /** Whether the import is to stop as soon as it can; several threads ask. */
  default boolean isStopped() {
    return false;
  }
}
