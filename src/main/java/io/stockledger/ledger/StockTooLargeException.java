package io.stockledger.ledger;

/** The stock would be above what a BIGINT holds. */
public final class StockTooLargeException extends RefusedException {
  private static final long serialVersionUID = 1;

  public StockTooLargeException(long itemId) {
    super(
        "The stock of item "
            + itemId
            + " can't be counted above "
            + Long.MAX_VALUE
            + " units. Add less.");
  }
}
