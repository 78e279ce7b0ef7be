package io.stockledger.ledger.verify;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The closings that {@code run-batch} has yet to write. They are no damage, because no answer rests
 * on a closing.
 *
 * @param missing closings that do not exist, of items and days with moves, up to the latest day
 *     that has a closing of any item
 * @param stale closings that do not count all moves dated up to their day
 */
public record ClosingBacklog(Backlog missing, Backlog stale) {
  ClosingBacklog() {
    this(new Backlog(), new Backlog());
  }

  /** Returns the last day of a closing that is missing or stale; empty if there is none. */
  public Optional<LocalDate> lastDay() {
    return Stream.of(missing, stale)
        .flatMap(backlog -> backlog.lastDay().stream())
        .max(Comparator.naturalOrder());
  }

  void addAll(ClosingBacklog other) {
    missing.addAll(other.missing);
    stale.addAll(other.stale);
  }
}
