package io.stockledger.ledger.verify;

/** What is always true of the ledger. The numbers are those of docs/design.md. */
public enum Invariant {
  /** The numbers of an item's moves are 1 … n without a gap, and the item is registered. */
  NUMBERS_WITHOUT_GAP(1),
  /**
   * {@code stock_after} is the sum of the increments up to the move and never negative; {@code
   * book_date} is the latest date up to the move.
   */
  RUNNING_VALUES(2),
  /**
   * {@code get-stock} is the sum of the moves up to the day. Not checked: it is about an answer,
   * not about rows.
   */
  ANSWER_OF_GET_STOCK(3),
  /** The stock at the end of no day is negative. */
  NO_DAY_BELOW_ZERO(4),
  /** A request id has at most one request, and all its lines are there, on one day. */
  WHOLE_REQUESTS(5),
  /** A closing is the sum of the moves up to its day that it counts. */
  CLOSINGS(6),
  /** {@code code_identity} is that of the item's code, which is one that add-item accepts. */
  ITEM_CODES(7),
  /** Each value of a row is one that a command can write. */
  POSSIBLE_VALUES(8),
  /** A hold has removals, and their opposite only if it was released or expired. */
  HOLDS(9),
  /**
   * A count was compared with the sum of the moves that it names, and is followed by the move that
   * corrects the difference.
   */
  COUNTS(10);

  private final int number;

  Invariant(int number) {
    this.number = number;
  }

  /** The number by which documents and findings name the invariant. */
  public int number() {
    return number;
  }
}
