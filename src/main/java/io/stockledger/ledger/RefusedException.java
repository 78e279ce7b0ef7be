package io.stockledger.ledger;

import io.stockledger.db.failure.KnownException;

/** The ledger's rules do not allow a request. Nothing was changed. */
public abstract sealed class RefusedException extends KnownException
    permits UnknownItemException,
        UnknownRequestException,
        ItemExistsException,
        ItemChangedException,
        RequestIdReusedException,
        StockTooLargeException,
        NotSoldException,
        NotCorrectableException {
  private static final long serialVersionUID = 1;

  RefusedException(String kind, String message) {
    super(kind, message, null);
  }
}
