package io.stockledger.ledger.closing;

import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * An item with closings that are due.
 *
 * @param days the days of these closings, in their order, at least one
 * @param missing how many of them are missing; the others are stale
 * @param lastNo the number of the item's latest move
 */
record DueItem(long itemId, List<LocalDate> days, long missing, long lastNo) implements ReadItem {

  @Override
  public int closings() {
    return days.size();
  }

  LocalDate firstDay() {
    return days.get(0);
  }

  /**
   * Computes the closings that are due. Goes forward from the stock before the first of the days.
   *
   * @param moved what the item moved from its first due day on, day by day, up to its latest move
   * @param stockAfter the stock after that move
   */
  List<Closing> closings(List<MovedDay> moved, BigDecimal stockAfter) {
    List<Closing> closings = new ArrayList<>(days.size());
    BigDecimal units = stockAfter;
    for (MovedDay day : moved) {
      units = units.subtract(day.increment());
    }
    for (MovedDay day : moved) {
      units = units.add(day.increment());
      int next = closings.size();
      if (next < days.size() && day.date().equals(StoredDate.of(days.get(next)))) {
        closings.add(new Closing(itemId, days.get(next), lastNo, units, day.moves()));
      }
    }
    return closings;
  }
}
