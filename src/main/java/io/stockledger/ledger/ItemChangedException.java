package io.stockledger.ledger;

/** The item has another code or name than when the request to change it was decided. */
public final class ItemChangedException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final transient RegisteredItem current;

  public ItemChangedException(RegisteredItem current) {
    super("item_changed", "changed meanwhile: " + current);
    this.current = current;
  }

  /** The item as it is now. */
  public RegisteredItem current() {
    return current;
  }
}
