package io.stockledger.ledger.aggregate;

import java.math.BigDecimal;

/** The result of a batch for one item. */
public sealed interface ItemClosing {
  long itemId();

  /**
   * The closing is written.
   *
   * @param units the closing stock
   */
  record Written(long itemId, long units) implements ItemClosing {}

  /** Another batch saw more moves and wrote its closing first. That closing stays. */
  record Newer(long itemId) implements ItemClosing {}

  /**
   * Nothing is written, because the existing closing counts more moves than the item has, so that
   * it looks newer.
   *
   * @param moveNo how many moves the closing counts
   * @param lastNo how many moves the item has
   */
  record Damaged(long itemId, long moveNo, long lastNo) implements ItemClosing {}

  /**
   * Nothing is written, because a BIGINT does not hold the closing stock.
   *
   * @param units the closing stock
   */
  record OutOfRange(long itemId, BigDecimal units) implements ItemClosing {}
}
