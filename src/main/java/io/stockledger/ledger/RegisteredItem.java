package io.stockledger.ledger;

import io.stockledger.text.CodeIdentity;

/**
 * An item as the table has it. It has no rules, because another program may have written values
 * that a new item must not have.
 */
public record RegisteredItem(long itemId, String itemCode, String name) {

  /** Whether a code, with its upper and lower case, is this item's. */
  public boolean isSpelt(String code) {
    return CodeIdentity.spelling(itemCode).equals(CodeIdentity.spelling(code));
  }
}
