package io.stockledger.ledger;

/** No item has that number. */
public final class UnknownItemException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final long itemId;

  public UnknownItemException(long itemId) {
    super(Kind.UNKNOWN_ITEM, "unknown item " + itemId);
    this.itemId = itemId;
  }

  public long itemId() {
    return itemId;
  }
}
