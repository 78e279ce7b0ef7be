package io.stockledger.cli;

import io.stockledger.ledger.Removal.Insufficient;

/** The words of a refused removal, which are those of the proof of concept. */
final class Refusals {
  private Refusals() {}

  static String line(Insufficient refused) {
    return "Failed to remove stock: " + sentence(refused.available(), refused.required());
  }

  static String sentence(long available, long required) {
    return "Insufficient stock. Available: " + available + ", Required: " + required + ".";
  }
}
