package io.stockledger.ledger.verify;

/** The items from a number to a number, both included. */
record ItemRange(long first, long last) {
  static final ItemRange ALL = new ItemRange(Long.MIN_VALUE, Long.MAX_VALUE);
}
