package io.stockledger.ledger;

import java.util.List;
import java.util.Optional;

/** No item has that number, or that code. */
public final class UnknownItemException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final long itemId;
  private final String itemCode;
  private final transient List<String> similar;

  public UnknownItemException(long itemId) {
    this(itemId, null, String.valueOf(itemId), List.of());
  }

  public UnknownItemException(String itemCode) {
    this(itemCode, List.of());
  }

  /**
   * No item has a code.
   *
   * @param similar the codes of items that it may stand for, the nearest first
   */
  public UnknownItemException(String itemCode, List<String> similar) {
    this(0, itemCode, itemCode, similar);
  }

  private UnknownItemException(long itemId, String itemCode, String item, List<String> similar) {
    super("unknown_item", "unknown item " + item);
    this.itemId = itemId;
    this.itemCode = itemCode;
    this.similar = List.copyOf(similar);
  }

  /** The number; without a meaning if the item was named by a code. */
  public long itemId() {
    return itemId;
  }

  /** The codes of items that the code may stand for, the nearest first. */
  public List<String> similar() {
    return similar;
  }

  /** The code, if the item was named by it. */
  public Optional<String> itemCode() {
    return Optional.ofNullable(itemCode);
  }
}
