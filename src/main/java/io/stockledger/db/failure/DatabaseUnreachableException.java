package io.stockledger.db.failure;

import java.util.Optional;

/** No connection could be opened, or an open one was lost and no other could be opened. */
public final class DatabaseUnreachableException extends KnownException {
  private static final long serialVersionUID = 1;

  private final String server;
  private final String reason;

  /**
   * Tells why there is no connection.
   *
   * @param server the place and the user of a connection that could not be opened; null if an open
   *     connection was lost
   * @param reason one line, from the driver or the network
   */
  private DatabaseUnreachableException(String server, String reason, Throwable cause) {
    super("unreachable", "no connection: " + reason, cause);
    this.server = server;
    this.reason = reason;
  }

  public static DatabaseUnreachableException notOpened(
      String server, String reason, Throwable cause) {
    return new DatabaseUnreachableException(server, reason, cause);
  }

  public static DatabaseUnreachableException lost(String reason, Throwable cause) {
    return new DatabaseUnreachableException(null, reason, cause);
  }

  /** Where and as which user; empty if an open connection was lost. */
  public Optional<String> server() {
    return Optional.ofNullable(server);
  }

  /** Why, in one line. */
  public String reason() {
    return reason;
  }
}
