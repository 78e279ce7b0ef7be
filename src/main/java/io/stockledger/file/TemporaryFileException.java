package io.stockledger.file;

import java.io.IOException;
import java.nio.file.Path;

/** A temporary file could not be made or written. */
public final class TemporaryFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String folder;

  TemporaryFileException(Path folder, IOException cause) {
    super(FileFailure.reason(cause), cause);
    this.folder = folder.toString();
  }

  /** The folder of temporary files. The message is the reason, without a name. */
  public String folder() {
    return folder;
  }
}
