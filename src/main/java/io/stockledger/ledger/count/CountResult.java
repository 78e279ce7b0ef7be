package io.stockledger.ledger.count;

import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.Shortage;

/** The result of a request to count. */
public sealed interface CountResult {

  /**
   * The count is in the ledger, with the move that corrects a difference.
   *
   * @param isRepeated whether another request with the same id had made it, so that nothing was
   *     changed
   */
  record Counted(Count count, boolean isRepeated) implements CountResult {}

  /**
   * The correction would bring the stock of a day below 0: since the move after which the units
   * were counted, more was removed than were counted. Nothing is changed.
   */
  record Insufficient(Count count, Shortage shortage) implements CountResult {}

  /**
   * The item does not have the move after which the units were counted.
   *
   * @param latestMove the number of its latest move; 0 if it has none
   */
  record NoSuchMove(CountRequest request, long latestMove) implements CountResult {}

  /** The request id belongs to another count. */
  record OtherCount(CountRequest first) implements CountResult {}
}
