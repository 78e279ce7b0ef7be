package io.stockledger.ledger;

import io.stockledger.db.StockException;

/** The ledger's rules do not allow a request. Nothing was changed. */
public abstract sealed class RefusedException extends StockException
    permits UnknownItemException,
        UnknownRequestException,
        ItemExistsException,
        RequestIdReusedException,
        StockTooLargeException {
  private static final long serialVersionUID = 1;

  RefusedException(Kind kind, String message) {
    super(kind, message, null);
  }
}
