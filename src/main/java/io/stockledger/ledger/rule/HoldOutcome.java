package io.stockledger.ledger.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a hold ended. */
public enum HoldOutcome {
  /** Its units are sold: its moves stay. */
  COMMITTED,
  /** Its units are given back: the opposite of its moves is made. */
  RELEASED,
  /** Its time was over, so its units are given back. */
  EXPIRED;

  /** Returns the word in the column {@code outcome}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the outcome of a word; empty if it is none. */
  public static Optional<HoldOutcome> of(String word) {
    return Arrays.stream(values()).filter(outcome -> outcome.word().equals(word)).findFirst();
  }

  /** Whether the units of the hold are back in the stock. */
  public boolean givesBack() {
    return this != COMMITTED;
  }
}
