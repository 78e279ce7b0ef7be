package io.stockledger.ledger;

/**
 * An item as the table has it. Another program may have written what {@link Item} refuses, and it
 * must be possible to read that.
 */
public record RegisteredItem(long itemId, String itemCode, String name) {

  /** What registering an item leaves in the table. */
  static RegisteredItem of(Item item) {
    return new RegisteredItem(item.itemId(), item.itemCode(), item.name());
  }
}
