package io.stockledger.ledger;

/**
 * An item as the table has it. It has no rules, because another program may have written values
 * that {@link Item} refuses.
 */
public record RegisteredItem(long itemId, String itemCode, String name) {

  /** Returns what the table has once the item is registered. */
  static RegisteredItem of(Item item) {
    return new RegisteredItem(item.itemId(), item.itemCode(), item.name());
  }
}
