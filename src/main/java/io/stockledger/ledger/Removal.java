package io.stockledger.ledger;

/** What became of a removal that was asked for. */
public sealed interface Removal {

  /** The units are gone, and the move that says so stands in the ledger. */
  record Removed() implements Removal {}

  /**
   * Refused, and nothing changed.
   *
   * @param available the lowest stock at the end of any day from the day of the removal on
   * @param required what was asked for
   */
  record Insufficient(long available, long required) implements Removal {}
}
