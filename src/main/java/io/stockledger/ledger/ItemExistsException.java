package io.stockledger.ledger;

/** Another item has that number or that code. */
public final class ItemExistsException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final transient RegisteredItem existing;

  public ItemExistsException(RegisteredItem existing) {
    super("item_exists", "already registered: " + existing);
    this.existing = existing;
  }

  /** The item that has the number or the code. */
  public RegisteredItem existing() {
    return existing;
  }
}
