package io.stockledger.ledger.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks how the closings of a span of days follow from the stock after an item's latest move. */
class MovedItemTest {
  private static final long LAST_NO = 9;

  @Test
  void goesBackDayByDayFromTheStockAfterTheLatestMove() {
    MovedItem item =
        item(5, day("2025-09-19", 100, 2), day("2025-09-20", -30, 1), day("2025-09-22", 5, 3));
    assertThat(item.closings(BigDecimal.valueOf(80)))
        .containsExactly(
            closing("2025-09-19", 100, 2),
            closing("2025-09-20", 70, 1),
            closing("2025-09-22", 75, 3));
  }

  /** The units of a date that is not a day count for the days after it, as in each sum. */
  @Test
  void aDateThatIsNotADayHasNoClosing() {
    MovedItem item =
        item(0, day("2025-02-28", 10, 1), day("2025-02-31", 4, 1), day("2025-03-01", 1, 1));
    assertThat(item.closings(BigDecimal.valueOf(15)))
        .containsExactly(closing("2025-02-28", 10, 1), closing("2025-03-01", 15, 1));
  }

  /** Moves that arrive late may add to units that were removed after their day. */
  @Test
  void aClosingMayBeAboveBigint() {
    MovedItem item = item(-3, day("2025-09-19", 1, 1));
    List<Closing> closings = item.closings(BigDecimal.valueOf(Long.MAX_VALUE));
    BigDecimal units = new BigDecimal("9223372036854775810");
    LocalDate day = LocalDate.parse("2025-09-19");
    assertThat(closings).containsExactly(new Closing(101, day, LAST_NO, units, 1));
    assertThat(closings.get(0).result()).isEqualTo(new ItemClosing.OutOfRange(101, day, units));
  }

  private static MovedItem item(long incrementAfterDays, MovedDay... days) {
    return new MovedItem(
        101,
        List.of(days),
        BigDecimal.valueOf(incrementAfterDays),
        new StoredDate("2025-09-30"),
        LAST_NO);
  }

  private static MovedDay day(String date, long increment, long moves) {
    return new MovedDay(new StoredDate(date), BigDecimal.valueOf(increment), moves);
  }

  private static Closing closing(String day, long units, long moves) {
    return new Closing(101, LocalDate.parse(day), LAST_NO, BigDecimal.valueOf(units), moves);
  }
}
