package io.stockledger.ledger.transfer;

/**
 * A listener to an import, which may also stop it. One thread makes the calls in the order of the
 * file; only {@link #isStopped} is called by several threads.
 */
public interface ImportListener {

  /**
   * The file was read to its end and checked, and the import of its lines begins.
   *
   * @param lines how many lines the file has, without header and empty lines
   */
  void started(long lines);

  /** A line is refused or faulty. */
  void rejected(Rejection rejection);

  /**
   * More lines are done: the moves are in the ledger, and each other line is rejected.
   *
   * @param lines how many lines, since the call before
   */
  void advanced(long lines);

  /**
   * All lines up to one of them are done.
   *
   * @param line the number of the line in the file
   */
  default void doneUpTo(long line) {}

  /** Whether the import must stop as soon as it can. */
  default boolean isStopped() {
    return false;
  }
}
