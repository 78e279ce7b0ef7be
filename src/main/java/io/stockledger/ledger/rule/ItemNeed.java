package io.stockledger.ledger.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the lines of a request need of one item. They are made one after another, so what counts is
 * the sum of the first lines, at its lowest and at its highest.
 *
 * @param sum of the increments so far
 * @param units the stock that must be there: the lowest of these sums, as a positive number; 0 if
 *     none is below 0
 * @param room how far the stock rises: the highest of these sums; 0 if none is above 0
 */
record ItemNeed(long sum, long units, long room) {
  private static final ItemNeed NOTHING = new ItemNeed(0, 0, 0);

  /** Returns the needs of the items, in the order in which the lines name them. */
  static Map<Long, ItemNeed> ofItems(List<RequestLine> lines) {
    if (lines.size() == 1) {
      return Map.of(lines.get(0).itemId(), NOTHING.with(lines.get(0).increment()));
    }
    Map<Long, ItemNeed> needs = new LinkedHashMap<>();
    for (RequestLine line : lines) {
      ItemNeed need = needs.getOrDefault(line.itemId(), NOTHING);
      needs.put(line.itemId(), need.with(line.increment()));
    }
    return needs;
  }

  /**
   * Returns what the lines need with one more.
   *
   * @throws ArithmeticException if a BIGINT does not hold the sum
   */
  private ItemNeed with(long increment) {
    long next = Math.addExact(sum, increment);
    return new ItemNeed(
        next, Math.max(units, Math.negateExact(Math.min(next, 0))), Math.max(room, next));
  }
}
