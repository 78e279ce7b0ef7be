package io.stockledger.file;

import java.io.IOException;

/** A file has other bytes than it had when it was read before. */
public final class FileChangedException extends IOException {
  private static final long serialVersionUID = 1;

  FileChangedException() {
    super("the file was changed");
  }
}
