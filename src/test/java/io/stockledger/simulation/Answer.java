package io.stockledger.simulation;

/** What a user is told, or what a try has decided so far. */
enum Answer {
  NOT_YET,
  MADE,
  ALREADY_MADE,
  /** The stock is short. */
  REFUSED,
  /** The time of the hold is over, so it can't be committed. */
  OVERDUE,
  NO_SUCH_HOLD,
  /** The hold is not committed, so there is nothing to return. */
  NOT_SOLD,
  /** The hold has an end of the other kind. */
  ENDED_OTHERWISE,
  ID_OF_ANOTHER_REQUEST,
  NOTHING_WAS_CHANGED,
  UNKNOWN;

  /** Whether it holds whatever other sendings of the same request result in. */
  boolean isFinal() {
    return this == MADE
        || this == ALREADY_MADE
        || this == ID_OF_ANOTHER_REQUEST
        || this == ENDED_OTHERWISE;
  }

  /** Whether it must be made certain, because another sending of the request may be the reason. */
  boolean isRefusal() {
    return this == REFUSED || this == OVERDUE || this == NO_SUCH_HOLD;
  }

  Answer withoutDoubt() {
    return this == ALREADY_MADE ? MADE : this;
  }
}
