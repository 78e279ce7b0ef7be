package io.stockledger.db.failure;

/**
 * The root of all failures that the command line has words for. Each carries data, not words: the
 * message names the data for a log or a stack trace.
 */
public abstract class KnownException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String kind;

  /**
   * Makes the failure.
   *
   * @param kind which failure it is, for programs: a stable name in snake case
   * @param cause null if there is none
   */
  protected KnownException(String kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Which failure it is, for programs: a stable name in snake case. */
  public final String kind() {
    return kind;
  }
}
