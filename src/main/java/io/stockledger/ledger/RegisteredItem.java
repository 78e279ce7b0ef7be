package io.stockledger.ledger;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * An item as the table has it. It has no rules, because another program may have written values
 * that {@link Item} refuses.
 */
public record RegisteredItem(long itemId, String itemCode, String name) {

  /** Whether registering an item again results in this one: code and name look the same. */
  boolean isOf(Item item) {
    return itemId == item.itemId()
        && isSpelt(item.itemCode())
        && composed(name).equals(composed(item.name()));
  }

  /** Whether a code, with its upper and lower case, is this item's. */
  boolean isSpelt(String code) {
    return CodeIdentity.spelling(itemCode).equals(CodeIdentity.spelling(code));
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Form.NFC);
  }
}
