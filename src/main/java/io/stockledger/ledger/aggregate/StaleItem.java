package io.stockledger.ledger.aggregate;

/**
 * An item with stale closings.
 *
 * @param closings how many were stale when the item was read
 */
record StaleItem(long itemId, int closings) implements ReadItem {}
