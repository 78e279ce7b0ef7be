package io.stockledger.ledger.verify;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** How many closings {@code run-batch} has to write, and the first of the days to run it for. */
public final class Backlog {
  private static final int MOST_DAYS = 10;

  private final NavigableSet<LocalDate> days = new TreeSet<>();
  private long closings;
  private boolean moreDays;

  Backlog() {}

  /** One item's closing of that day. */
  void add(LocalDate day) {
    closings++;
    addDay(day);
  }

  void addAll(Backlog other) {
    closings += other.closings;
    other.days.forEach(this::addDay);
    moreDays |= other.moreDays;
  }

  private void addDay(LocalDate day) {
    days.add(day);
    if (days.size() > MOST_DAYS) {
      days.pollLast();
      moreDays = true;
    }
  }

  /** How many, each of one item and day. */
  public long closings() {
    return closings;
  }

  /** The first of their days, at most ten. */
  public List<LocalDate> firstDays() {
    return List.copyOf(days);
  }

  /** Whether there are later days than the first ones. */
  public boolean hasMoreDays() {
    return moreDays;
  }
}
