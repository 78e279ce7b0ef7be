package io.stockledger.ledger;

/** The ledger says no, for a reason of its rules; nothing was changed. */
public abstract sealed class RefusedException extends RuntimeException
    permits UnknownItemException,
        ItemExistsException,
        RequestIdReusedException,
        StockTooLargeException {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }
}
