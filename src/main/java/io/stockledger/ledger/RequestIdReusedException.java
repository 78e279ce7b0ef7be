package io.stockledger.ledger;

/** The request id belongs to another move. */
public final class RequestIdReusedException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final transient Move first;

  public RequestIdReusedException(Move first) {
    super("request_id_reused", "request id " + first.requestId() + " belongs to " + first);
    this.first = first;
  }

  /** The move that has the request id. */
  public Move first() {
    return first;
  }
}
