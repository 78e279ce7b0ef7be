package io.stockledger.ledger.closing;

import java.math.BigDecimal;
import java.time.LocalDate;

/** The result of a batch for one item and day. */
public sealed interface ItemClosing {
  long itemId();

  LocalDate day();

  /**
   * The closing is written.
   *
   * @param units the closing stock
   * @param moves how many moves are dated on the day
   */
  record Written(long itemId, LocalDate day, long units, long moves) implements ItemClosing {}

  /** Another batch saw more moves and wrote its closing first. That closing stays. */
  record Newer(long itemId, LocalDate day) implements ItemClosing {}

  /**
   * Nothing is written, because the existing closing counts more moves than the item has, so that
   * it looks newer.
   *
   * @param moveNo how many moves the closing counts
   * @param lastNo how many moves the item has
   */
  record Damaged(long itemId, LocalDate day, long moveNo, long lastNo) implements ItemClosing {}

  /**
   * Nothing is written, because a BIGINT does not hold the closing stock.
   *
   * @param units the closing stock
   */
  record OutOfRange(long itemId, LocalDate day, BigDecimal units) implements ItemClosing {}
}
