package io.stockledger.ledger.closing;

import java.time.LocalDate;

/** The days from a first to a last one, both included. */
public record DaySpan(LocalDate first, LocalDate last) {

  /** Returns the span of one day. */
  public static DaySpan of(LocalDate day) {
    return new DaySpan(day, day);
  }

  public boolean isOneDay() {
    return first.equals(last);
  }
}
