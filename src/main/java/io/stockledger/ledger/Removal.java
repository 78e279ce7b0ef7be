package io.stockledger.ledger;

/** The result of a request for a removal. */
public sealed interface Removal {

  /** The units are removed: the move is in the ledger. */
  record Removed() implements Removal {}

  /**
   * The removal is refused, and nothing is changed.
   *
   * @param available the lowest stock at the end of any day from the day of the removal on
   * @param required the units of the request
   */
  record Insufficient(long available, long required) implements Removal {}
}
