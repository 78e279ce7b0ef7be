package io.stockledger.chart;

import java.math.BigInteger;
import java.time.LocalDate;

/**
 * A part of a chart's span: a day, a week, a month or a year.
 *
 * @param additions units added in it
 * @param removals units removed in it, positive
 * @param stock at the end of its last day
 */
public record Period(
    LocalDate first, LocalDate last, BigInteger additions, BigInteger removals, BigInteger stock) {

  /** Returns its day, or its first and last day. */
  String name() {
    return first.equals(last) ? first.toString() : first + " to " + last;
  }

  /** Returns what moved, as in {@code +25 -45}; empty if nothing did. */
  String moves() {
    String added = additions.signum() == 0 ? "" : "+" + additions;
    String removed = removals.signum() == 0 ? "" : "-" + removals;
    return added.isEmpty() || removed.isEmpty() ? added + removed : added + " " + removed;
  }
}
