package io.stockledger.ledger;

/**
 * What the ledger counts.
 *
 * @param itemId at least 1
 * @param itemCode the item's code, which no other item has
 */
public record Item(long itemId, String itemCode, String name) {}
