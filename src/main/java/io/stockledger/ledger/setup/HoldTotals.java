package io.stockledger.ledger.setup;

/**
 * How many holds have no end.
 *
 * @param overdue of how many of them the time is over, by the server's clock
 */
public record HoldTotals(long open, long overdue) {}
