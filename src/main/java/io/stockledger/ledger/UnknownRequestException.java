package io.stockledger.ledger;

/** No move has that request id. */
public final class UnknownRequestException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final String requestId;

  public UnknownRequestException(String requestId) {
    super("unknown_request", "no move of request " + requestId);
    this.requestId = requestId;
  }

  public String requestId() {
    return requestId;
  }
}
