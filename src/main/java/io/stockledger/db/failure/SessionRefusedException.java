package io.stockledger.db.failure;

/**
 * The server admits no session, and will not until somebody changes a setting, a user or a
 * database.
 */
public final class SessionRefusedException extends KnownException {
  private static final long serialVersionUID = 1;

  private final SessionRefusal refusal;
  private final String server;
  private final String reason;
  private final boolean isFirst;

  /**
   * Tells why there is no session.
   *
   * @param server the place and the user
   * @param reason one line, from the server or the driver
   * @param isFirst whether it was the first session of this work, so that nothing was done
   */
  public SessionRefusedException(
      SessionRefusal refusal, String server, String reason, boolean isFirst, Throwable cause) {
    super(refusal.kind(), "no session: " + reason, cause);
    this.refusal = refusal;
    this.server = server;
    this.reason = reason;
    this.isFirst = isFirst;
  }

  /** What is to be changed. */
  public SessionRefusal refusal() {
    return refusal;
  }

  /** Where and as which user. */
  public String server() {
    return server;
  }

  /** Why, in one line. */
  public String reason() {
    return reason;
  }

  /** Whether it was the first session of the work, so that nothing was done. */
  public boolean isFirst() {
    return isFirst;
  }
}
