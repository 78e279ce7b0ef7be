package io.stockledger.ledger.count;

import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import java.math.BigDecimal;

/** A request to count that was compared with the ledger. */
public sealed interface Comparison {

  /** The ledger has a stock to compare with. */
  record Compared(Count count) implements Comparison {}

  /** No item has the number. */
  record UnknownItem(long itemId) implements Comparison {}

  /**
   * The item does not have the move after which the units were counted.
   *
   * @param latestMove the number of its latest move; 0 if it has none
   */
  record NoSuchMove(CountRequest request, long latestMove) implements Comparison {}

  /** A BIGINT does not hold the stock of the day, which only later removals may allow. */
  record OutOfRange(BigDecimal stock) implements Comparison {}
}
