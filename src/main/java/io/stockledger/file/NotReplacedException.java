package io.stockledger.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file was written, but could not take the place of another one. */
public final class NotReplacedException extends IOException {
  private static final long serialVersionUID = 1;

  private final String newFile;

  NotReplacedException(Path newFile, IOException cause) {
    super(FileFailure.reason(cause), cause);
    this.newFile = newFile.toString();
  }

  /** The file that has the text. The message is the reason, without a name. */
  public String newFile() {
    return newFile;
  }
}
