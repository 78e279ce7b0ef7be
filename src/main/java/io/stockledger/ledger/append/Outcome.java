package io.stockledger.ledger.append;

import io.stockledger.db.Attempt;
import io.stockledger.ledger.rule.Decision;

/** What became of a request that was submitted to an {@link AppendQueue}. */
public sealed interface Outcome {

  /** The request is decided. */
  record Decided(Decision decision) implements Outcome {}

  /**
   * The request is not decided, because of a failure.
   *
   * @param mayBeDone whether its moves may have been appended all the same
   */
  record Failed(RuntimeException failure, boolean mayBeDone) implements Outcome {}

  /** Within the queue: the request must go on by itself, with the history of its group. */
  record OnItsOwn(Attempt attempt) implements Outcome {}
}
