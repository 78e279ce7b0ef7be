package io.stockledger.ledger.verify;

import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.rule.MoveRequest;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The check of invariant 8 for a move alone: its units are not 0, its date is a day, its time is a
 * time, and its date is not further ahead of that time than a command accepts.
 */
final class MoveValues {
  static final String EXPECTED_DATE = "a day from " + MoveRequest.FIRST_DAY + " on";
  static final String EXPECTED_TIME = "a time from " + MoveRequest.FIRST_DAY + " on";

  /**
   * How many days the calendar of the command that made a move may be ahead of the server's, in
   * which {@code updated_at} is: the time zones of the earth differ by up to 26 hours.
   */
  private static final int DAYS_BETWEEN_CALENDARS = 2;

  /** What {@link MoveCheck} must read to find each such move, beside the values that are none. */
  static final int MOST_DAYS_AHEAD = MoveRequest.DAYS_AHEAD + DAYS_BETWEEN_CALENDARS;

  private final Consumer<Finding> findings;

  MoveValues(Consumer<Finding> findings) {
    this.findings = findings;
  }

  void check(long itemId, long moveNo, long increment, StoredDate date, String updatedAt) {
    if (increment == 0) {
      report(itemId, moveNo, "stock_increment", 0, "another number than 0");
    }
    Optional<LocalDate> day = date.day();
    Optional<LocalDate> recorded = StoredDate.dayOfTime(updatedAt);
    if (day.isEmpty()) {
      report(itemId, moveNo, "date", date, EXPECTED_DATE);
    }
    if (recorded.isEmpty()) {
      report(itemId, moveNo, "updated_at", updatedAt, EXPECTED_TIME);
    }
    if (day.isPresent()
        && recorded.isPresent()
        && day.get().isAfter(recorded.get().plusDays(MOST_DAYS_AHEAD))) {
      report(
          itemId,
          moveNo,
          "date",
          date,
          "at most " + MoveRequest.DAYS_AHEAD + " days after " + recorded.get() + " (updated_at)");
    }
  }

  private void report(long itemId, long moveNo, String subject, Object found, Object expected) {
    findings.accept(
        Finding.ofMove(Invariant.POSSIBLE_VALUES, itemId, moveNo, subject, found, expected));
  }
}
