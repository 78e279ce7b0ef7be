package io.stockledger.ledger.transfer;

/** Is told of an import while it runs. The calls come from one thread. */
public interface ImportListener {

  /** The file is read and checked; its lines are imported from now on. */
  void started(long lines);

  /** A line was refused or is faulty. These calls are in the order of the file. */
  void rejected(Rejection rejection);

  /** So many more lines are done. */
  void advanced(long lines);
}
