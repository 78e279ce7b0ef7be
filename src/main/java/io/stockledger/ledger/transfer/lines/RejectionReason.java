package io.stockledger.ledger.transfer.lines;

import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.Shortage;
import java.util.List;

/** Why a line of a file is rejected, which is refused or faulty. */
public sealed interface RejectionReason {

  /**
   * The line can't be a move or an item.
   *
   * @param sentence what is wrong, such as {@code Invalid quantity: it is 0.}
   */
  record Faulty(String sentence) implements RejectionReason {}

  /**
   * The request of the line is not made for the reason of another of its lines.
   *
   * @param line the number of the other line
   */
  record SeeLine(long line) implements RejectionReason {}

  /**
   * The stock is short.
   *
   * @param available the lowest stock at the end of any day from the day of the removal on
   */
  record Insufficient(long available, long required) implements RejectionReason {}

  /** The stock of some items of a request of several lines is short. */
  record InsufficientForRequest(List<Shortage> shortages) implements RejectionReason {}

  /** No item has that number. */
  record UnknownItem(long itemId) implements RejectionReason {}

  /**
   * No item has that code.
   *
   * @param similar the codes of items that it may stand for, the nearest first
   */
  record UnknownCode(String itemCode, List<String> similar) implements RejectionReason {}

  /** The stock would be above BIGINT. */
  record TooLarge(long itemId) implements RejectionReason {}

  /** A BIGINT does not hold the stock of the day of a count. */
  record SumOutOfRange() implements RejectionReason {}

  /** The request id belongs to another request. */
  record RequestIdReused(Request first) implements RejectionReason {}

  /** The request id belongs to another count. */
  record OtherCount(CountRequest first) implements RejectionReason {}

  /**
   * The item does not have the move after which the units were counted.
   *
   * @param latestMove the number of its latest move; 0 if it has none
   */
  record NoSuchMove(CountRequest count, long latestMove) implements RejectionReason {}

  /** Another item has the number or the code. */
  record ItemExists(RegisteredItem existing) implements RejectionReason {}
}
