package io.stockledger.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A file could not be written, after the work that it reports was begun. */
public final class FileNotWrittenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final IOException failure;

  public FileNotWrittenException(Path file, IOException failure) {
    super(file + " was not written: " + failure.getMessage(), failure);
    this.file = file.toString();
    this.failure = failure;
  }

  /** The file, as it was named. */
  public String file() {
    return file;
  }

  /** Why, without a full stop. */
  public String reason() {
    return FileFailure.reason(failure);
  }

  /** The file that has the text, if only the last step failed, in which it takes its place. */
  public Optional<String> newFile() {
    return failure instanceof NotReplacedException notReplaced
        ? Optional.of(notReplaced.newFile())
        : Optional.empty();
  }
}
