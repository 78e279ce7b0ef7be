package io.stockledger.ledger;

/** Another item has that number or that code. */
public final class ItemExistsException extends RefusedException {
  private static final long serialVersionUID = 1;

  public ItemExistsException(RegisteredItem existing) {
    super(
        "Item "
            + existing.itemId()
            + " is already registered as "
            + existing.itemCode()
            + ", "
            + existing.name()
            + ". Choose another number and code.");
  }
}
