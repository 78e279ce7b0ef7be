package io.stockledger.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

final class TodayTest {
  private static final long LAST_MILLI = 86_400_000L - 1;

  @Test
  void itIsTheDateOfTheClockOfAnyZone() {
    for (String id : TimeZone.getAvailableIDs()) {
      TimeZone zone = TimeZone.getTimeZone(id);
      // Each day of two years, so with all changes to and from daylight saving time.
      LocalDateTime end = LocalDateTime.parse("2028-01-01T00:00");
      for (LocalDateTime day = end.minusYears(2); day.isBefore(end); day = day.plusDays(1)) {
        long midnight = day.atZone(zone.toZoneId()).toInstant().toEpochMilli();
        for (long millis : new long[] {midnight - 1, midnight, midnight + LAST_MILLI}) {
          assertThat(Today.date(millis, zone))
              .as("%s at %s", id, millis)
              .isEqualTo(LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone.toZoneId()));
        }
      }
    }
  }

  @Test
  void todayIsTheDateOfThisProcess() {
    LocalDate before = LocalDate.now(ZoneId.systemDefault());
    LocalDate today = Today.date();
    assertThat(today).isBetween(before, LocalDate.now(ZoneId.systemDefault()));
  }
}
