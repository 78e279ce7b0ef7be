package io.stockledger.ledger.transfer.count;

import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.Request;
import java.util.List;
import java.util.Map;

/**
 * What one try on some lines results in.
 *
 * @param results by request id
 * @param refused the request ids of the lines that the ledger's rule refused
 * @param moves the moves that correct the ledger
 * @param counts the counts to make, also those without a difference
 */
record ChunkPlan(
    Map<String, LineResult> results,
    List<String> refused,
    List<NumberedMove> moves,
    List<Request> counts) {}
