package io.stockledger.ledger.transfer.duplicates;

/**
 * A request id in a file, once for lines that stand together.
 *
 * @param requestId may be no id at all
 * @param line the number of the first of these lines
 * @param isFirstLine whether that line is the first one of its request
 */
public record Occurrence(String requestId, long line, boolean isFirstLine) {}
