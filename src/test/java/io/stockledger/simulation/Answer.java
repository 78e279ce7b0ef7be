package io.stockledger.simulation;

/** What a user is told, or what a try has decided so far. */
enum Answer {
  NOT_YET,
  MADE,
  ALREADY_MADE,
  REFUSED,
  ID_OF_ANOTHER_REQUEST,
  NOTHING_WAS_CHANGED,
  UNKNOWN;

  /** Whether it holds whatever other sendings of the same request result in. */
  boolean isFinal() {
    return this == MADE || this == ALREADY_MADE || this == ID_OF_ANOTHER_REQUEST;
  }

  Answer withoutDoubt() {
    return this == ALREADY_MADE ? MADE : this;
  }
}
