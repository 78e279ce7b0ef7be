package io.stockledger.ledger.verify;

/**
 * The result of checking the ledger.
 *
 * @param findings how many violations were found
 * @param backlog the closings that {@code run-batch} has yet to write, which are no findings
 */
public record Verification(long findings, ClosingBacklog backlog) {}
