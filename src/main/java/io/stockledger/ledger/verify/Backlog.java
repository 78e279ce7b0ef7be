package io.stockledger.ledger.verify;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** A number of closings that {@code run-batch} has yet to write, and the first of their days. */
public final class Backlog {
  private static final int MOST_DAYS = 10;

  private final NavigableSet<LocalDate> days = new TreeSet<>();
  private long closings;
  private boolean moreDays;
  private Optional<LocalDate> lastDay = Optional.empty();

  Backlog() {}

  /** Counts one item's closing of that day. */
  void add(LocalDate day) {
    closings++;
    addDay(day);
  }

  void addAll(Backlog other) {
    closings += other.closings;
    other.days.forEach(this::addDay);
    other.lastDay.ifPresent(this::addDay);
    moreDays |= other.moreDays;
  }

  private void addDay(LocalDate day) {
    lastDay = lastDay.filter(last -> last.isAfter(day)).or(() -> Optional.of(day));
    days.add(day);
    if (days.size() > MOST_DAYS) {
      days.pollLast();
      moreDays = true;
    }
  }

  /** Returns the number of closings, each of one item and day. */
  public long closings() {
    return closings;
  }

  /** Returns the first of their days, at most ten. */
  public List<LocalDate> firstDays() {
    return List.copyOf(days);
  }

  /** Returns the last of their days; empty if there are no closings. */
  public Optional<LocalDate> lastDay() {
    return lastDay;
  }

  /** Whether there are later days than the first ones. */
  public boolean hasMoreDays() {
    return moreDays;
  }
}
