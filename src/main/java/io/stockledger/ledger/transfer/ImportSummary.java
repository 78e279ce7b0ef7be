package io.stockledger.ledger.transfer;

/**
 * What became of the lines of a file.
 *
 * @param lines all lines but the header and empty ones
 * @param made lines that changed the ledger
 * @param madeBefore lines that were in the ledger before
 * @param rejected refused and faulty lines
 * @param closings closings that were written again, because moves are dated up to their day
 */
public record ImportSummary(long lines, long made, long madeBefore, long rejected, long closings) {}
