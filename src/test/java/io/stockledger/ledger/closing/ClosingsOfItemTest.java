package io.stockledger.ledger.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.closing.ClosingsOfItem.ClosedDay;
import io.stockledger.ledger.closing.ClosingsOfItem.LatestMove;
import io.stockledger.ledger.closing.ClosingsOfItem.NumberedDay;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which closings of an item are written again after late moves, and with which sums. */
class ClosingsOfItemTest {
  /** The stock before the 19th is 10. Move 4 is late: it is dated the 20th. */
  private static final List<NumberedDay> DAYS =
      List.of(
          day("2025-09-19", 100, 1, 1),
          day("2025-09-20", -30, 4, 2),
          day("2025-09-22", 5, 3, 1),
          day("2025-09-25", 2, 5, 1));

  private static final LatestMove LATEST = new LatestMove(5, BigDecimal.valueOf(87));

  @Test
  void writesTheClosingsThatDoNotCountAMoveUpToTheirDay() {
    assertThat(
            ClosingsOfItem.due(
                101,
                List.of(
                    closed("2025-09-19", 3),
                    closed("2025-09-20", 3),
                    closed("2025-09-22", 3),
                    closed("2025-09-25", 5)),
                LATEST,
                DAYS))
        .containsExactly(closing("2025-09-20", 80, 2), closing("2025-09-22", 85, 1));
  }

  /** Only a program other than this one closes a day without moves. */
  @Test
  void aClosingOfADayWithoutMovesHasNone() {
    assertThat(ClosingsOfItem.due(101, List.of(closed("2025-09-21", 3)), LATEST, DAYS))
        .containsExactly(closing("2025-09-21", 80, 0));
  }

  @Test
  void aDateThatIsNotADayHasNoClosing() {
    assertThat(ClosingsOfItem.due(101, List.of(closed("2025-09-31", 1)), LATEST, DAYS)).isEmpty();
  }

  @Test
  void addsMissingClosingsUpToTheLastDayInTheOrderOfTheDays() {
    assertThat(
            ClosingsOfItem.due(
                101,
                ClosingsOfItem.withMissing(
                    List.of(closed("2025-09-20", 5)), DAYS, new StoredDate("2025-09-22")),
                LATEST,
                DAYS))
        .containsExactly(closing("2025-09-19", 110, 1), closing("2025-09-22", 85, 1));
  }

  private static NumberedDay day(String date, long increment, long lastNo, long moves) {
    return new NumberedDay(new StoredDate(date), BigDecimal.valueOf(increment), lastNo, moves);
  }

  private static ClosedDay closed(String date, long moveNo) {
    return new ClosedDay(new StoredDate(date), moveNo);
  }

  private static Closing closing(String day, long units, long moves) {
    return new Closing(101, LocalDate.parse(day), 5, BigDecimal.valueOf(units), moves);
  }
}
