package io.stockledger.ledger;

/** The stock would be above what a BIGINT holds. */
public final class StockTooLargeException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final long itemId;

  public StockTooLargeException(long itemId) {
    super("stock_too_large", "stock of item " + itemId + " above " + Long.MAX_VALUE);
    this.itemId = itemId;
  }

  public long itemId() {
    return itemId;
  }
}
