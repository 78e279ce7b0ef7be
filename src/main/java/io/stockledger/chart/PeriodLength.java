package io.stockledger.chart;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How long the periods of a chart are. */
enum PeriodLength {
  DAY("day"),
  WEEK("week"),
  MONTH("month"),
  YEAR("year");

  /** As many bars as can be told apart. */
  private static final int MOST_PERIODS = 120;

  private final String word;

  PeriodLength(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** Returns the shortest length with which the days become no more bars than can be told apart. */
  static PeriodLength of(LocalDate first, LocalDate last) {
    if (ChronoUnit.DAYS.between(first, last) < MOST_PERIODS) {
      return DAY;
    }
    if (ChronoUnit.WEEKS.between(first, last) < MOST_PERIODS) {
      return WEEK;
    }
    return ChronoUnit.MONTHS.between(first, last) < MOST_PERIODS ? MONTH : YEAR;
  }

  /** Returns the last day of the period that a day is in. Weeks end on Sunday. */
  LocalDate end(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
      case MONTH -> day.with(TemporalAdjusters.lastDayOfMonth());
      case YEAR -> day.with(TemporalAdjusters.lastDayOfYear());
    };
  }
}
