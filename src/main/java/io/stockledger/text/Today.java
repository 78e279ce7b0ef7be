package io.stockledger.text;

import java.time.Duration;
import java.time.LocalDate;
import java.util.TimeZone;

/** The date of today. */
public final class Today {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private Today() {}

  /** Returns the date of this moment in the time zone of this process. */
  public static LocalDate date() {
    return date(System.currentTimeMillis(), TimeZone.getDefault());
  }

  /**
   * Returns the date of a moment. By TimeZone, which the driver needs too, and not by ZoneId, which
   * would read the rules of all zones once more: 5 ms of each command.
   *
   * @param millis since 1970-01-01T00:00Z
   */
  static LocalDate date(long millis, TimeZone zone) {
    return LocalDate.ofEpochDay(Math.floorDiv(millis + zone.getOffset(millis), DAY_MILLIS));
  }
}
