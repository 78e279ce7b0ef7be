package io.stockledger.file;

/** A file that can't be imported at all. Nothing was written. */
public final class InvalidFileException extends RuntimeException {
  /** What to do if there can be no temporary file. */
  public static final String OTHER_FOLDER =
      "Name another folder with STOCK_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.";

  private static final long serialVersionUID = 1;

  /**
   * Tells what is wrong with a file.
   *
   * @param sentence for a person; it names the file
   */
  public InvalidFileException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
