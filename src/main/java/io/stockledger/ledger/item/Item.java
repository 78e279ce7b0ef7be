package io.stockledger.ledger.item;

import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.rule.InvalidValueException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Optional;

/**
 * An item to register.
 *
 * @param itemId at least 1
 * @param itemCode the item's code, which no other item has: 1 to 64 characters, in the composed
 *     form (Unicode NFC), whatever form is given
 * @param name 1 to 255 characters, in the form that is given, because composing changes the look of
 *     some ideographs
 */
public record Item(long itemId, String itemCode, String name) {

  /**
   * Makes an item.
   *
   * @throws InvalidValueException if the ledger accepts no such item
   */
  public Item {
    if (itemId < 1) {
      throw new InvalidValueException("item id", "it must be at least 1.");
    }
    itemCode = Normalizer.normalize(itemCode, Form.NFC);
    refuse("item code", ItemText.faultOfCode(itemCode));
    refuse("name", ItemText.faultOfName(name));
  }

  private static void refuse(String subject, Optional<String> fault) {
    if (fault.isPresent()) {
      throw new InvalidValueException(subject, fault.get());
    }
  }

  /**
   * Whether registering this item again results in a registered one: code and name look the same.
   */
  public boolean isSameAs(RegisteredItem registered) {
    return itemId == registered.itemId()
        && registered.isSpelt(itemCode)
        && composed(name).equals(composed(registered.name()));
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Form.NFC);
  }
}
