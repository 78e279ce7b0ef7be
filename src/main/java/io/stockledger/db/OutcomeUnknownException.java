package io.stockledger.db;

/**
 * The connection was lost while a move was being written, or the statement was not answered in
 * time, and the outcome could not be learnt: neither success nor failure.
 */
public final class OutcomeUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OutcomeUnknownException(String requestId, Throwable cause) {
    super(
        "It is not known whether the move was made: "
            + (cause instanceof StatementTimeoutException
                ? "the database did not answer in time (--statement-timeout)"
                : "the connection was lost")
            + ". Ask again with --request-id "
            + requestId
            + " (it is made at most once).",
        cause);
  }
}
