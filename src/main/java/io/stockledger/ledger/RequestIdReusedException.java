package io.stockledger.ledger;

import io.stockledger.ledger.rule.Request;

/** The request id belongs to another request. */
public final class RequestIdReusedException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final transient Request first;

  public RequestIdReusedException(Request first) {
    super("request_id_reused", "request id " + first.id() + " belongs to " + first);
    this.first = first;
  }

  /** The request that has the request id. */
  public Request first() {
    return first;
  }
}
