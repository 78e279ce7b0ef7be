package io.stockledger.ledger;

import java.util.Optional;

/** No item has that number, or that code. */
public final class UnknownItemException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final long itemId;
  private final String itemCode;

  public UnknownItemException(long itemId) {
    this(itemId, null, String.valueOf(itemId));
  }

  public UnknownItemException(String itemCode) {
    this(0, itemCode, itemCode);
  }

  private UnknownItemException(long itemId, String itemCode, String item) {
    super("unknown_item", "unknown item " + item);
    this.itemId = itemId;
    this.itemCode = itemCode;
  }

  /** The number; without a meaning if the item was named by a code. */
  public long itemId() {
    return itemId;
  }

  /** The code, if the item was named by it. */
  public Optional<String> itemCode() {
    return Optional.ofNullable(itemCode);
  }
}
