package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.AppendRule.Decided;
import io.stockledger.ledger.AppendRule.NumberedMove;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Compares {@link AppendRule} with {@link ModelLedger}, which adds up all moves for each answer.
 */
class AppendRuleTest {
  private static final int SEQUENCES = 100_000;
  private static final long ITEM = 7;
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 1);
  private static final int DAYS = 6;

  private Random random;
  private ModelLedger model;
  private LatestMove latest;
  private final List<Move> ledger = new ArrayList<>();
  private final List<Move> asked = new ArrayList<>();

  @Test
  void answersAndAppendsAsTheModelDoes() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("AppendRuleTest: -Dstock.test.seed=" + seed);
    random = new Random(seed);
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      beginEmpty();
      int groups = 1 + random.nextInt(4);
      for (int group = 0; group < groups; group++) {
        decideGroup(sequence);
      }
    }
  }

  private void beginEmpty() {
    model = new ModelLedger();
    model.addItem(ITEM);
    latest = new LatestMove(ITEM, 0, 0, LocalDate.MIN);
    ledger.clear();
    asked.clear();
  }

  private void decideGroup(int sequence) {
    List<Move> requests = new ArrayList<>();
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      requests.add(randomRequest());
    }
    Decided decided = AppendRule.decide(latest, laterDays(requests), stored(requests), requests);
    for (int i = 0; i < size; i++) {
      assertThat(answer(decided.decisions().get(i)))
          .as("sequence %d: %s after %s", sequence, requests, ledger)
          .isEqualTo(model.move(requests.get(i)));
    }
    for (NumberedMove numbered : decided.moves()) {
      // Invariants 1 and 2: the numbers have no gap, stock_after is the sum so far, book_date the
      // latest date.
      latest =
          new LatestMove(
              ITEM,
              latest.moveNo() + 1,
              latest.stockAfter() + numbered.move().increment(),
              latest.bookDate().isAfter(numbered.move().date())
                  ? latest.bookDate()
                  : numbered.move().date());
      assertThat(numbered.after()).isEqualTo(latest);
      assertThat(latest.stockAfter()).isNotNegative();
      ledger.add(numbered.move());
    }
    assertThat(decided.latest()).isEqualTo(latest);
    // Invariant 5: a request id has at most one move.
    assertThat(ledger.stream().map(Move::requestId)).doesNotHaveDuplicates();
  }

  private Move randomRequest() {
    Move request =
        !asked.isEmpty() && random.nextInt(6) == 0
            ? variationOf(asked.get(random.nextInt(asked.size())))
            : new Move(ITEM, randomIncrement(), randomDay(), "request-" + asked.size());
    asked.add(request);
    return request;
  }

  private Move variationOf(Move old) {
    return switch (random.nextInt(4)) {
      case 0 -> new Move(ITEM, randomIncrement(), old.date(), old.requestId());
      case 1 -> new Move(ITEM, old.increment(), randomDay(), old.requestId());
      default -> old;
    };
  }

  private long randomIncrement() {
    return switch (random.nextInt(12)) {
      case 0 -> Long.MAX_VALUE - random.nextInt(3);
      case 1 -> -(Long.MAX_VALUE - random.nextInt(3));
      case 2, 3, 4, 5 -> 1L + random.nextInt(20);
      default -> -(1L + random.nextInt(20));
    };
  }

  private LocalDate randomDay() {
    return FIRST_DAY.plusDays(random.nextInt(DAYS));
  }

  /**
   * Returns only the days that {@link AppendRule#decide} needs: those after the earliest removal.
   */
  private Map<LocalDate, BigDecimal> laterDays(List<Move> requests) {
    Optional<LocalDate> earliest =
        requests.stream()
            .filter(request -> request.increment() < 0)
            .map(Move::date)
            .min(Comparator.naturalOrder());
    Map<LocalDate, BigDecimal> increments = new HashMap<>();
    for (Move move : ledger) {
      if (earliest.isPresent() && move.date().isAfter(earliest.get())) {
        increments.merge(move.date(), BigDecimal.valueOf(move.increment()), BigDecimal::add);
      }
    }
    return increments;
  }

  private Map<String, Move> stored(List<Move> requests) {
    Map<String, Move> stored = new HashMap<>();
    for (Move move : ledger) {
      if (requests.stream().anyMatch(request -> request.requestId().equals(move.requestId()))) {
        stored.put(move.requestId(), move);
      }
    }
    return stored;
  }

  private static ModelLedger.Answer answer(Decision decision) {
    if (decision instanceof Decision.NotEnough refused) {
      return new ModelLedger.NotEnough(refused.available(), refused.limit());
    }
    if (decision instanceof Decision.RequestIdReused) {
      return new ModelLedger.ReusedRequestId();
    }
    return decision instanceof Decision.TooLarge
        ? new ModelLedger.TooLarge()
        : new ModelLedger.Done();
  }
}
