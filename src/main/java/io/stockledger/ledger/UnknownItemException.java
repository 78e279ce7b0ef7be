package io.stockledger.ledger;

/** No item has that number. */
public final class UnknownItemException extends RefusedException {
  private static final long serialVersionUID = 1;

  public UnknownItemException(long itemId) {
    super("Unknown item " + itemId + ". Register it with add-item.");
  }
}
