package io.stockledger.ledger.item;

import io.stockledger.db.failure.KnownException;

/**
 * The connection was lost while an item was being registered, and whether it was registered can't
 * be found out: no item has its code, and the number that was sent for it is taken; or the
 * statement may still be running.
 */
public final class ItemOutcomeUnknownException extends KnownException {
  private static final long serialVersionUID = 1;

  private final String itemCode;
  private final long itemId;

  /**
   * Makes one.
   *
   * @param itemId the number that was sent for the item
   */
  public ItemOutcomeUnknownException(String itemCode, long itemId) {
    super(
        "outcome_unknown",
        "outcome of the registration of " + itemCode + " as item " + itemId + " is not known",
        null);
    this.itemCode = itemCode;
    this.itemId = itemId;
  }

  public String itemCode() {
    return itemCode;
  }

  /** The number that was sent for the item. */
  public long itemId() {
    return itemId;
  }
}
