package io.stockledger.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodLengthTest {

  /** 120 bars at most; the first span of each length, and the last one. */
  @ParameterizedTest
  @CsvSource({
    "2025-01-01, 2025-01-01, DAY",
    "2025-01-01, 2025-04-30, DAY",
    "2025-01-01, 2025-05-01, WEEK",
    "2025-01-01, 2027-04-20, WEEK",
    "2025-01-01, 2027-04-21, MONTH",
    "2025-01-01, 2034-12-31, MONTH",
    "2025-01-01, 2035-01-01, YEAR"
  })
  void theLengthIsTheShortestThatCanBeToldApart(
      LocalDate first, LocalDate last, PeriodLength length) {
    assertThat(PeriodLength.of(first, last)).isEqualTo(length);
  }

  @Test
  void aPeriodEndsWhereTheCalendarSays() {
    LocalDate friday = LocalDate.of(2024, 2, 9);
    assertThat(PeriodLength.DAY.end(friday)).isEqualTo(friday);
    assertThat(PeriodLength.WEEK.end(friday)).isEqualTo(LocalDate.of(2024, 2, 11));
    assertThat(PeriodLength.WEEK.end(LocalDate.of(2024, 2, 11)))
        .isEqualTo(LocalDate.of(2024, 2, 11));
    assertThat(PeriodLength.MONTH.end(friday)).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(PeriodLength.YEAR.end(friday)).isEqualTo(LocalDate.of(2024, 12, 31));
  }
}
