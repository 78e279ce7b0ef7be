package io.stockledger.stream;

import io.stockledger.db.failure.KnownException;
import java.nio.file.Path;

/** A socket that can't be made, or not be asked. */
public final class UnusableSocketException extends KnownException {
  private static final long serialVersionUID = 1;

  private final Path path;
  private final Reason reason;

  /** Why it can't be used. */
  public enum Reason {
    /** Another process accepts connections at it. */
    IN_USE,
    /** Something that is no socket is there. */
    NO_SOCKET,
    /** The folder is not there. */
    NO_FOLDER,
    /** Others may write into the folder, and so put another socket in its place. */
    OPEN_FOLDER,
    /** The system says no; the cause has its words. */
    SYSTEM,
    /** Nobody accepts connections at it. */
    NOBODY
  }

  UnusableSocketException(Path path, Reason reason, Throwable cause) {
    super("unusable_socket", path + ": " + reason, cause);
    this.path = path;
    this.reason = reason;
  }

  public Path path() {
    return path;
  }

  public Reason reason() {
    return reason;
  }
}
