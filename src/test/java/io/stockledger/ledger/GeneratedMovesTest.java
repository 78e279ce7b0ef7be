package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stockledger.benchmark.Move;
import io.stockledger.benchmark.MoveGenerator;
import io.stockledger.benchmark.SalesPlan;
import io.stockledger.ledger.rule.Request;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The moves of {@link MoveGenerator}, held against the model of the ledger. */
final class GeneratedMovesTest {
  private static final LocalDate FROM = LocalDate.of(2025, 1, 1);

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 40, 1, 0",
    "1, 1000, 40, 1, 30",
    "7, 1500, 20, 0.8, 100",
    "300, 3000, 365, 1.2, 5"
  })
  void theLedgerRefusesNone(int items, long count, int days, double skew, double latePercent) {
    long seed = Long.getLong("stock.test.seed", 5);
    MoveGenerator moves =
        new MoveGenerator(new SalesPlan(items, count, days, FROM, skew, latePercent, seed));
    ModelLedger model = new ModelLedger();
    for (int item = 0; item < items; item++) {
      model.addItem(SalesPlan.FIRST_ITEM + item);
    }
    while (moves.hasNext()) {
      Move move = moves.next();
      assertThat(
              model.post(
                  Request.ofOneLine(
                      move.itemId(), move.increment(), move.date(), move.requestId())))
          .as("%s, -Dstock.test.seed=%d", move, seed)
          .isEqualTo(new ModelLedger.Done(false));
    }
  }

  @Test
  void thePlanSaysHowManyMovesThereAreAndOnWhichDays() {
    List<Move> moves = all(new SalesPlan(50, 3_000, 30, FROM, 1.0, 0, 1));
    assertThat(moves).hasSize(3_000);
    assertThat(moves).extracting(Move::requestId).doesNotHaveDuplicates();
    assertThat(moves).extracting(Move::date).isSorted();
    Map<LocalDate, Long> days =
        moves.stream().collect(Collectors.groupingBy(Move::date, Collectors.counting()));
    assertThat(days).hasSize(30);
    // A sale stays on the day of its delivery, so that a day may have one move more or less.
    assertThat(days.values()).allSatisfy(count -> assertThat(count).isBetween(99L, 101L));
  }

  @Test
  void bestSellersHaveTheirShareOfTheSales() {
    List<Move> sales =
        all(new SalesPlan(1_000, 100_000, 10, FROM, 1.0, 0, 1)).stream()
            .filter(move -> move.increment() < 0)
            .toList();
    double harmonic = 0;
    for (int rank = 1; rank <= 1_000; rank++) {
      harmonic += 1.0 / rank;
    }
    for (int rank = 1; rank <= 3; rank++) {
      long itemId = SalesPlan.FIRST_ITEM + rank - 1;
      double share =
          (double) sales.stream().filter(move -> move.itemId() == itemId).count() / sales.size();
      assertThat(share).isCloseTo(1.0 / rank / harmonic, within(0.01));
    }
  }

  @Test
  void lateMovesAreDatedUpToAWeekBeforeTheirPlace() {
    SalesPlan plan = new SalesPlan(50, 20_000, 100, FROM, 1.0, 20, 1);
    List<Move> moves = all(plan);
    long late = 0;
    for (int i = 0; i < moves.size(); i++) {
      long day = i * 100L / moves.size();
      long daysBefore = day - ChronoUnit.DAYS.between(FROM, moves.get(i).date());
      // A sale may be one line after its delivery, and then after the end of its day.
      assertThat(daysBefore).isBetween(0L, 8L);
      late += daysBefore > 0 ? 1 : 0;
    }
    assertThat((double) late / moves.size()).isCloseTo(0.2, within(0.02));
  }

  private static List<Move> all(SalesPlan plan) {
    List<Move> moves = new ArrayList<>();
    new MoveGenerator(plan).forEachRemaining(moves::add);
    return moves;
  }
}
