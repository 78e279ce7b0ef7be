package io.stockledger.race.sale;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The items of one run, which are numbered one after the other.
 *
 * @param firstItemId the lowest id; no item of the run is in the tables yet
 */
public record Shelf(long firstItemId, Assortment assortment) {
  public long lastItemId() {
    return firstItemId + assortment.items() - 1;
  }

  public List<Long> itemIds() {
    return LongStream.rangeClosed(firstItemId, lastItemId()).boxed().toList();
  }
}
