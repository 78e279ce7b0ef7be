package io.stockledger.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why a file can't be read or written. */
public final class FileFailure {
  private FileFailure() {}

  /** Returns the reason without the name of the file and without a full stop. */
  public static String reason(IOException error) {
    if (error instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    return error instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : String.valueOf(error.getMessage());
  }
}
