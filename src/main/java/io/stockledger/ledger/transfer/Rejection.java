package io.stockledger.ledger.transfer;

import io.stockledger.ledger.transfer.lines.RejectionReason;
import java.util.List;

/**
 * A line that is not imported, because it is refused or faulty.
 *
 * @param lineNumber the number of the line of the file on which it begins
 * @param fields its fields as they are in the file
 * @param requestId the request id of a move, also one that was made for it; empty if it has none
 */
public record Rejection(
    long lineNumber, List<String> fields, String requestId, RejectionReason reason) {}
