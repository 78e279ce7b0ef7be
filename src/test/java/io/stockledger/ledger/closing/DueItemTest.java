package io.stockledger.ledger.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks how the closings that are due follow from the days on which an item moved. */
class DueItemTest {
  private static final long LAST_NO = 9;

  /** The stock before the 19th is 7. */
  @Test
  void goesForwardOverAllDaysAndReturnsThoseThatAreDue() {
    DueItem item =
        new DueItem(
            101, List.of(LocalDate.parse("2025-09-19"), LocalDate.parse("2025-09-22")), 1, LAST_NO);
    assertThat(item.closings()).isEqualTo(2);
    assertThat(item.firstDay()).isEqualTo("2025-09-19");
    assertThat(
            item.closings(
                List.of(
                    day("2025-09-19", 100, 2),
                    day("2025-09-20", -30, 1),
                    // A date that is not a day has no closing, but its units count.
                    day("2025-09-00", 2, 1),
                    day("2025-09-22", 5, 3),
                    day("2025-09-23", 1, 1)),
                BigDecimal.valueOf(85)))
        .containsExactly(
            new Closing(101, LocalDate.parse("2025-09-19"), LAST_NO, BigDecimal.valueOf(107), 2),
            new Closing(101, LocalDate.parse("2025-09-22"), LAST_NO, BigDecimal.valueOf(84), 3));
  }

  private static MovedDay day(String date, long increment, long moves) {
    return new MovedDay(new StoredDate(date), BigDecimal.valueOf(increment), moves);
  }
}
