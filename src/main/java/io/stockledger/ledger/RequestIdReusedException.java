package io.stockledger.ledger;

/** The request id stands for another move. */
public final class RequestIdReusedException extends RefusedException {
  private static final long serialVersionUID = 1;

  public RequestIdReusedException(Move first) {
    super(
        "Request id "
            + first.requestId()
            + " was used for another move: "
            + (first.increment() < 0 ? "" : "+")
            + first.increment()
            + " of item "
            + first.itemId()
            + " on "
            + first.date()
            + ". Use a new request id.");
  }
}
