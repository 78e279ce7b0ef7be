package io.stockledger.ledger.closing;

/** What a {@link ClosingReader} read of an item, from which its closings are computed. */
interface ReadItem {
  long itemId();

  /** How many closings the item has at most. */
  int closings();
}
