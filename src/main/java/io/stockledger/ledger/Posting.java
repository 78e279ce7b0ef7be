package io.stockledger.ledger;

import io.stockledger.ledger.rule.Shortage;
import java.util.List;

/** The result of a request for moves. */
public sealed interface Posting {

  /**
   * All moves of the request are in the ledger.
   *
   * @param isRepeated whether another request with the same id had made them, so that nothing was
   *     changed
   */
  record Made(boolean isRepeated) implements Posting {}

  /**
   * The stock is short, and nothing is changed.
   *
   * @param shortages the items of which there are not enough units, at least one
   */
  record Insufficient(List<Shortage> shortages) implements Posting {}
}
