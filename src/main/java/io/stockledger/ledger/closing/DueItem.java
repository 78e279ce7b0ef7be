package io.stockledger.ledger.closing;

import java.time.LocalDate;
import java.util.List;

/**
 * An item with closings that are due.
 *
 * @param days the days of these closings, in their order, at least one
 * @param lastNo the number of the item's latest move
 */
record DueItem(long itemId, List<LocalDate> days, long lastNo) implements ReadItem {

  @Override
  public int closings() {
    return days.size();
  }

  LocalDate firstDay() {
    return days.get(0);
  }
}
