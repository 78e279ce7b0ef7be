package io.stockledger.ledger.append;

import io.stockledger.db.Attempt;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What decides and appends the requests that an {@link AppendQueue} brings together. */
public interface Appender {
  /**
   * Appends requests, in one statement if it can.
   *
   * @param handedOver moves that this process appended a moment ago, by item; each counts as the
   *     latest move only if an append right after it succeeds
   */
  Result append(List<Request> requests, Attempt attempt, Map<Long, LatestMove> handedOver);

  /** Appends one request of one line; its first try is one statement that decides and appends. */
  Result appendInOneStatement(Request request, Attempt attempt);

  /** Whether an append to any item at all waits for other processes. */
  boolean waitsForOthers();

  /** Whether an append to one of the items waits for other processes. */
  boolean waitsForOthers(Set<Long> itemIds);

  /**
   * The result of an append.
   *
   * @param decisions one for each request, in their order
   * @param latest by item, the latest move after the append, as far as it is known
   */
  record Result(List<Decision> decisions, Map<Long, LatestMove> latest) {}
}
