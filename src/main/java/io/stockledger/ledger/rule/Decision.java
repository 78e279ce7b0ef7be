package io.stockledger.ledger.rule;

import java.util.List;

/** The ledger's answer to one request for moves. */
public sealed interface Decision {

  /**
   * The moves are in the ledger.
   *
   * @param isRepeated whether another request had made them, so that nothing was changed; false
   *     also if the sender of the moves can't be told, because an answer was lost
   * @param stored what the ledger has beside the moves
   */
  record Accepted(boolean isRepeated, Purpose stored) implements Decision {

    /** The moves of a request for moves only. */
    public Accepted(boolean isRepeated) {
      this(isRepeated, new Purpose.Moves());
    }
  }

  /**
   * The stock of some items is short.
   *
   * @param shortages one for each of these items, in the order of the request
   */
  record NotEnough(List<Shortage> shortages) implements Decision {}

  /** No item has that number. */
  record NoSuchItem(long itemId) implements Decision {}

  /** The stock of an item would be above BIGINT. */
  record TooLarge(long itemId) implements Decision {}

  /** The request id belongs to another request. */
  record RequestIdReused(Request first) implements Decision {}

  /** The ledger has no hold of that request id. */
  record NoSuchHold(String holdId) implements Decision {}

  /** The hold has ended otherwise. */
  record HoldEnded(String holdId, HoldOutcome outcome) implements Decision {}

  /** The time of the hold is over, and nobody has given its units back yet. */
  record HoldOverdue(String holdId) implements Decision {}

  /** The request would be refused, but an earlier sending of it may yet be executed. */
  record NotKnown() implements Decision {}

  /** Returns the answer to a request whose id the ledger already has. */
  public static Decision ofStanding(Request first, Request request) {
    return first.asksForTheSameAs(request)
        ? new Accepted(true, first.purpose())
        : new RequestIdReused(first);
  }

  /** Returns the answer without the claim that another request had made the moves. */
  default Decision withoutDoubt() {
    return this instanceof Accepted accepted ? new Accepted(false, accepted.stored()) : this;
  }

  /** Whether the answer holds whatever other sendings of the same request result in. */
  default boolean isFinal() {
    return this instanceof Accepted || this instanceof RequestIdReused || this instanceof HoldEnded;
  }

  /** Returns the items whose latest moves a refusal rests on. */
  default List<Long> restsOn() {
    if (this instanceof NotEnough refused) {
      return refused.shortages().stream().map(Shortage::itemId).toList();
    }
    return this instanceof TooLarge refused ? List.of(refused.itemId()) : List.of();
  }
}
