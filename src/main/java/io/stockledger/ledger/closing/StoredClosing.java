package io.stockledger.ledger.closing;

import java.time.LocalDateTime;

/**
 * A closing as the table has it.
 *
 * @param units the closing stock
 * @param moveNo how many first moves of the item it counts
 * @param updatedAt when it was written, in the time zone of the server's sessions
 * @param isStale whether moves dated up to its day were made after those that it counts
 */
public record StoredClosing(
    long itemId, long units, long moveNo, LocalDateTime updatedAt, boolean isStale) {}
