package io.stockledger.db;

/**
 * The connection was lost while a move was being written, and what became of it could not be
 * learnt: neither success nor failure.
 */
public final class OutcomeUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OutcomeUnknownException(String requestId, Throwable cause) {
    super(
        "It is not known whether the move was made: the connection was lost. Ask again with"
            + " --request-id "
            + requestId
            + " (it is made at most once).",
        cause);
  }
}
