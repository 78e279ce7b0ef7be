package io.stockledger.ledger.transfer;

/** A file that can't be imported at all. Nothing was written. */
public final class InvalidFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Tells what is wrong with a file.
   *
   * @param sentence for a person; it names the file
   */
  InvalidFileException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
