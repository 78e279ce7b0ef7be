package io.stockledger.ledger.transfer.count;

/**
 * What became of the lines of a file of counts.
 *
 * @param lines all lines but the header and empty ones
 * @param made counts that this run made, or would make
 * @param madeBefore counts that were in the ledger before
 * @param differences how many of all these counts differ from the ledger
 * @param rejected refused and faulty lines
 * @param closings closings that were written again, because corrections are dated up to their day
 */
public record CountSummary(
    long lines, long made, long madeBefore, long differences, long rejected, long closings) {}
