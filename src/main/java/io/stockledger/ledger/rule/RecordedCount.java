package io.stockledger.ledger.rule;

import java.time.LocalDateTime;

/**
 * A count as the ledger has it.
 *
 * @param recordedAt when the row was written, in the time zone of the server's sessions
 */
public record RecordedCount(Count count, LocalDateTime recordedAt) {}
