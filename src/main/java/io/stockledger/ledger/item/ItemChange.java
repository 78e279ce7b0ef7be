package io.stockledger.ledger.item;

import io.stockledger.ledger.RegisteredItem;
import java.util.Optional;

/**
 * A change of an item's code, of its name, or of both.
 *
 * @param itemCode the new code; empty if it stays
 * @param name the new name; empty if it stays
 */
public record ItemChange(Optional<String> itemCode, Optional<String> name) {

  /**
   * Makes a change, by the rules for the code and the name of a new item.
   *
   * @throws io.stockledger.ledger.rule.InvalidValueException if no new item may have them
   */
  public ItemChange {
    Item item = new Item(1, itemCode.orElse("unchanged"), name.orElse("unchanged"));
    itemCode = itemCode.map(code -> item.itemCode());
  }

  /** Returns the item as it is after the change. */
  RegisteredItem of(RegisteredItem item) {
    return new RegisteredItem(
        item.itemId(), itemCode.orElse(item.itemCode()), name.orElse(item.name()));
  }

  /** Whether an item is so already, in all that the change names. */
  public boolean isMadeIn(RegisteredItem item) {
    return of(item).equals(item);
  }
}
