package io.stockledger.ledger.verify;

/**
 * What there is to do for {@code run-batch}. It is no damage: no answer rests on a closing.
 *
 * @param missing items and days with moves, not after the latest day that was closed for any item,
 *     that have no closing
 * @param stale closings that do not count all moves dated up to their day
 */
public record ClosingBacklog(Backlog missing, Backlog stale) {
  ClosingBacklog() {
    this(new Backlog(), new Backlog());
  }

  void addAll(ClosingBacklog other) {
    missing.addAll(other.missing);
    stale.addAll(other.stale);
  }
}
