package io.stockledger.ledger;

import java.util.Optional;

/** The ledger's answer to one request for a move. */
public sealed interface Decision {

  /**
   * The move is in the ledger.
   *
   * @param isRepeated whether another request had made it, so that nothing was changed; false also
   *     if the sender of the move can't be told, because an answer was lost
   */
  record Accepted(boolean isRepeated) implements Decision {}

  /**
   * The stock is short.
   *
   * @param available the lowest stock at the end of any day from the day of the move on
   * @param limit the later days that have this stock, if the day of the move itself has more
   */
  record NotEnough(long available, Optional<LaterLimit> limit) implements Decision {}

  /** No item has that number. */
  record NoSuchItem() implements Decision {}

  /** The stock would be above BIGINT. */
  record TooLarge() implements Decision {}

  /** The request id belongs to another move. */
  record RequestIdReused(Move first) implements Decision {}

  /** The move would be refused, but an earlier sending of the request may yet be executed. */
  record NotKnown() implements Decision {}

  /** Returns the answer to a request whose id already has a move in the ledger. */
  public static Decision ofStanding(Move first, Move request) {
    return first.equals(request) ? new Accepted(true) : new RequestIdReused(first);
  }

  /** Returns the answer without the claim that another request had made the move. */
  default Decision withoutDoubt() {
    return this instanceof Accepted ? new Accepted(false) : this;
  }

  /** Whether the answer holds whatever other sendings of the same request result in. */
  default boolean isFinal() {
    return this instanceof Accepted || this instanceof RequestIdReused;
  }
}
