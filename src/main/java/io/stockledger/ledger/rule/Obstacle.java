package io.stockledger.ledger.rule;

/** Why a request can't be corrected, or can't be reversed. */
public sealed interface Obstacle {

  /**
   * The request was corrected already.
   *
   * @param by the id of the last correction, which stands for the request now
   * @param quantity the units of the move that is the right one since then
   */
  record Corrected(String by, long quantity) implements Obstacle {}

  /** The request, or its last correction, was reversed by the request with that id. */
  record Reversed(String by) implements Obstacle {}

  /** The request has several moves. */
  record SeveralMoves(int moves) implements Obstacle {}

  /** The request is a hold. */
  record Hold() implements Obstacle {}

  /** The request is the release of the hold with that id. */
  record Release(String holdId) implements Obstacle {}

  /** The request is a count. */
  record CountOfItem(long itemId) implements Obstacle {}

  /** The id of the request is too long to be named by that of a correction. */
  record LongId() implements Obstacle {}

  /** The kinds of requests that are reversed only if they are named. */
  enum Kind {
    /** A reversal, a correction, or the release of a hold. */
    REVERSAL,
    HOLD,
    COUNT
  }

  /** The request made the latest move of an item, and must be named. */
  record Latest(long itemId, Kind kind) implements Obstacle {}

  /** The request has as many units already. */
  record SameQuantity(long quantity) implements Obstacle {}
}
