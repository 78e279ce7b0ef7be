package io.stockledger.file;

import java.io.IOException;
import java.nio.file.Path;

/** No file can be made beside an existing one, which would have to take its place. */
public final class NotBesideException extends IOException {
  private static final long serialVersionUID = 1;

  private final String folder;

  NotBesideException(Path folder, IOException cause) {
    super(FileFailure.reason(cause), cause);
    this.folder = folder.toString();
  }

  /** The folder. The message is the reason, without a name. */
  public String folder() {
    return folder;
  }
}
