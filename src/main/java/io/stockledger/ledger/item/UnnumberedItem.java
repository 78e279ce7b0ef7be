package io.stockledger.ledger.item;

import io.stockledger.ledger.RegisteredItem;
import io.stockledger.text.CodeIdentity;

/**
 * An item to register under whatever number is free: its code and its name, as of an {@link Item}.
 */
public record UnnumberedItem(String itemCode, String name) {
  private static final long ANY = 1;

  /**
   * Makes one.
   *
   * @throws io.stockledger.ledger.rule.InvalidValueException if the ledger accepts no such item
   */
  public UnnumberedItem {
    itemCode = new Item(ANY, itemCode, name).itemCode();
  }

  /**
   * Returns the item with a number.
   *
   * @throws io.stockledger.ledger.rule.InvalidValueException if no item may have it
   */
  public Item at(long itemId) {
    return new Item(itemId, itemCode, name);
  }

  /** Whether registering this item results in a registered one, whatever number that has. */
  public boolean isSameAs(RegisteredItem registered) {
    return registered.itemId() >= 1 && at(registered.itemId()).isSameAs(registered);
  }

  String identity() {
    return CodeIdentity.of(itemCode);
  }
}
