package io.stockledger.text;

import java.time.Duration;
import java.time.LocalDate;
import java.util.TimeZone;

/** The date of today. */
public final class Today {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  /** No zone changes its offset within a minute. A stream asks thousands of times a second. */
  private static volatile Offset last = new Offset(-1, TimeZone.getTimeZone("UTC"), 0);

  private record Offset(long minute, TimeZone zone, int millis) {}

  private Today() {}

  /** Returns the date of this moment in the time zone of this process. */
  public static LocalDate date() {
    long millis = System.currentTimeMillis();
    TimeZone zone = TimeZone.getDefault();
    long minute = millis / MINUTE_MILLIS;
    Offset offset = last;
    if (offset.minute() != minute || !offset.zone().equals(zone)) {
      offset = new Offset(minute, zone, zone.getOffset(millis));
      last = offset;
    }
    return date(millis + offset.millis());
  }

  /**
   * Returns the date of a moment. By TimeZone, which the driver needs too, and not by ZoneId, which
   * would read the rules of all zones once more: 5 ms of each command.
   *
   * @param millis since 1970-01-01T00:00Z
   */
  static LocalDate date(long millis, TimeZone zone) {
    return date(millis + zone.getOffset(millis));
  }

  private static LocalDate date(long localMillis) {
    return LocalDate.ofEpochDay(Math.floorDiv(localMillis, DAY_MILLIS));
  }
}
