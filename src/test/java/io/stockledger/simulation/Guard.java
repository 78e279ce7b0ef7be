package io.stockledger.simulation;

/**
 * A condition that the ledger or an answer rests on. The simulation can take each of them out. The
 * comment of each names its place in the product.
 */
enum Guard {
  // The statements and the keys.

  /** schema.sql: the unique key {@code item_move (item_id, move_no)}. */
  UNIQUE_ITEM_MOVE,
  /** schema.sql: the unique key {@code request (request_id, line_no)}. */
  UNIQUE_REQUEST_LINE,
  /** StockStatements.append: one INSERT for all rows; LedgerSetup: an engine with transactions. */
  WHOLE_STATEMENT,
  /** StockStatements.append: the numbers right after the moves that were decided on. */
  COMPARE_AND_APPEND,
  /** StockStatements: number and stock of the latest move come from one row of a derived table. */
  ONE_ROW_OF_THE_LATEST_MOVE,

  // Holds.

  /** schema.sql: the primary key of {@code stock_hold_ends}. */
  UNIQUE_END,
  /**
   * AppendTransaction, StockStatements.appendHold: moves, and what is written beside them, are one
   * transaction.
   */
  ONE_TRANSACTION,
  /** HoldStatements.COMMIT_HOLDS: the statement that commits compares with the server's clock. */
  CLOCK_IN_THE_STATEMENT,
  /** HoldStatements.INSERT_HOLD_IF_MOVED: ROW_COUNT() = 1. */
  A_HOLD_ONLY_WITH_ITS_MOVE,
  /** Purpose.isSameKindAs: a hold, a removal and a release are different requests. */
  COMPARE_KIND,
  /** HoldState.answerTo: the end of a hold is compared with the one that was asked for. */
  COMPARE_OUTCOMES,
  /** AppendRule.append: the rule knows the holds and the ends that it accepted in the group. */
  ONE_END_IN_A_GROUP,
  /** AppendTransaction.write: fewer committed holds than were to be committed are told. */
  COUNT_WHAT_IS_COMMITTED,
  /** Attempt.doneInPart: what the try has committed is its own when it decides again. */
  DONE_IN_PART_IS_OWN,
  /**
   * MoveAppender.tryOnce: the holds are read after the look-up of the requests, so that the moves
   * of a release are never seen without the end of the hold.
   */
  HOLDS_AFTER_THE_LOOK_UP,
  /**
   * MoveAppender.holdStates: a first try takes the holds that it ends for open and reads none; a
   * later one reads them.
   */
  READ_HOLDS_ON_A_LATER_TRY,
  /** MoveAppender.certified: it reads the holds again that it is about to refuse to end. */
  READ_HOLDS_BEFORE_REFUSAL,
  /** The timer releases those holds only whose time is over, by the server's clock. */
  ONLY_OVERDUE_HOLDS_EXPIRE,
  /** StockRepository.checkIsSold: a hold is returned only if it is committed. */
  ONLY_A_SOLD_HOLD_IS_RETURNED,
  /** Reversal.returnOf: the id of a return is not that of a release. */
  A_RETURN_HAS_ITS_OWN_ID,

  // Counts.

  /** schema.sql: the primary key of {@code stock_counts}. */
  UNIQUE_COUNT,
  /** Request.asksForTheSameAs: counts are compared by what was counted, not by their moves. */
  COMPARE_WHAT_WAS_COUNTED,
  /**
   * MoveAppender.standing, CountRepository.find: counts are read after the moves, so that a count
   * is never seen by its move alone.
   */
  COUNTS_AFTER_THE_MOVES,

  // The rule.

  /** AppendRule.decide: one item that is short refuses the whole request. */
  EVERY_ITEM_DECIDES,
  /** ItemNeed.ofItems: the lines of an item are decided one after another. */
  LINES_OF_ONE_ITEM_ADD_UP,
  /** AppendRule.decide: the next request is decided as if the refused one had not been there. */
  A_REFUSAL_LEAVES_NO_TRACE,
  /** AppendRule.append: the rule knows the requests that it has accepted before in the group. */
  AN_ID_ONCE_IN_A_GROUP,

  // Sending again.

  /** MoveRequest, Request: the id is there before the first try. */
  SAME_ID_FOR_EACH_SENDING,
  /** Attempt.mustLookUpRequest: after a lost connection. */
  LOOK_UP_AFTER_LOSS,
  /** Attempt.mustLookUpRequest: after a duplicate value of a unique key. */
  LOOK_UP_AFTER_DUPLICATE,
  /** Decision.ofStanding: a request that is found is compared with the one that was asked for. */
  COMPARE_CONTENT,
  /** RequestStatements.standing, Request.asksForTheSameAs: with all of its lines. */
  COMPARE_EVERY_LINE,
  /** Attempt.takesFoundWorkAsOwn, MoveAppender.withoutDoubt. */
  FOUND_AFTER_LOSS_IS_OWN,
  /** AppendQueue.fail, StockRepository.decisionOf. */
  GIVING_UP_AFTER_LOSS_IS_UNKNOWN,

  // Refusals.

  /** MoveAppender.certified: it looks up the requests that it is about to refuse. */
  LOOK_UP_BEFORE_REFUSAL,
  /** MoveAppender.certified, Retry.awaitLostSessions. */
  WAIT_FOR_LOST_SESSIONS,
  /** MoveAppender.certified: the look-up comes after the wait. */
  LOOK_UP_AFTER_THE_WAIT,
  /** MoveAppender.certified: Decision.NotKnown if a lost session stays. */
  UNKNOWN_IF_A_LOST_SESSION_STAYS,

  // Groups.

  /** MoveAppender.decideAndAppend: a refusal is decided again on a read, unless it is proven. */
  REFUSAL_RESTS_ON_A_READ,
  /** AppendRule.Decided.itemsToRead: only a move of the item that is short proves a refusal. */
  PROOF_IS_OF_THE_ITEM,
  /** MoveAppender.tryOnce: after a conflict the moves that were handed over are not used. */
  FORGET_HANDED_OVER_AFTER_CONFLICT,
  /** AppendQueue.fail, Attempt.continued: who goes on alone has the history of its group. */
  HISTORY_OF_THE_GROUP,
  /**
   * MoveAppender.decideAndAppend: refusals are confirmed before the append beside them, so that
   * nothing that can fail comes after an append.
   */
  CONFIRM_BEFORE_THE_APPEND,
  /** AppendQueue: an item that an append claims is not free for another one of the process. */
  CLAIMS,
  /** AppendQueue.overtakeLeader: a refusal waits for the leader's answer. */
  REFUSAL_WAITS_FOR_THE_LEADER,
  /** AppendQueue.overtakeLeader: withoutDoubt, because the leader may have made the moves. */
  FOUND_BESIDE_THE_LEADER_IS_OWN,
  /**
   * AppendQueue.overtakeLeader: a writer whose own sending may be made does not know the outcome,
   * whatever the leader answers, because the leader knows nothing of that sending.
   */
  OWN_LOSS_BESIDE_THE_LEADER_IS_UNKNOWN,
}
