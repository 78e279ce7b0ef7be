package io.stockledger.simulation;

/** What must hold in every state of the simulation. */
enum Promise {
  /** The numbers of the moves of an item are 1 … n. */
  NUMBERS_WITHOUT_GAP,
  /** The stock after a move is the sum of the units up to it. */
  RUNNING_SUM,
  /** No stock is below 0. */
  NEVER_NEGATIVE,
  /** A request id has no request, or one with all its lines. */
  WHOLE_REQUEST,
  /** What a user asks for once is made at most once. */
  MADE_AT_MOST_ONCE,
  /** A hold has a row and all its moves, or neither. */
  HOLD_HAS_ITS_MOVES,
  /** A hold has at most one end, and only a hold has one. */
  ONE_END,
  /** The opposite of a hold is in the ledger exactly if the hold is released or expired. */
  OPPOSITE_GOES_WITH_THE_END,
  /** No hold is committed after its time, and none expires before its time is over. */
  ENDED_BY_THE_CLOCK,
  /**
   * A count is made once: it names the stock after a move, and its one move is the difference to
   * that. So the stock is what was counted and what was moved since.
   */
  COUNT_AND_ITS_MOVE_AGREE,
  /** Only what is committed is returned. */
  ONLY_SOLD_IS_RETURNED,
  /**
   * After 'made' or 'already made' the lines of the request are in the ledger, as a hold if it is
   * one; or the hold has an end of that kind.
   */
  MADE_IS_IN_THE_LEDGER,
  /** 'Already made' is told only of what another user's sending made. */
  ALREADY_MADE_BY_ANOTHER,
  /** After 'refused' no sending of this user has made the request, or ever makes it. */
  REFUSED_IS_NEVER_MADE,
  /**
   * Before 'refused' there was a moment when the stock was short and the request id was free. For a
   * request of a group: when the request was not made, and not before the id was free.
   */
  REFUSED_WAS_SHORT,
  /** After 'overdue', 'no such hold' and 'not sold' the same holds, and it was so at a moment. */
  REFUSED_WAS_SO,
  /** After 'ended otherwise' the hold has an end of the other kind. */
  ENDED_OTHERWISE_IS_SO,
  /** After 'nothing was changed' the same holds as after 'refused'. */
  NOTHING_CHANGED_IS_NEVER_MADE,
  /** After 'id of another request' such a request is in the ledger, and not the user's own. */
  ID_IS_OF_ANOTHER_REQUEST,
  /** 'Unknown' is told only after a lost connection. */
  UNKNOWN_ONLY_AFTER_LOSS,
  /**
   * No try fails by a key that was there when it began, if the writer could know; and, without
   * faults, none by a number that its own process took.
   */
  NO_TRIES_IN_VAIN,
  /** In the end each user has an answer. */
  EACH_HAS_AN_ANSWER,
}
