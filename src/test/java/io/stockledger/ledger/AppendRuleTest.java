package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
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
  private static final long[] ITEMS = {7, 8, 9};
  private static final long UNKNOWN_ITEM = 99;
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 1);
  private static final int DAYS = 6;

  private Random random;
  private ModelLedger model;
  private final Map<Long, LatestMove> latest = new HashMap<>();
  private final List<NumberedMove> ledger = new ArrayList<>();
  private final List<Request> asked = new ArrayList<>();

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

  /** Each line alone has enough. */
  @Test
  void anItemThatARequestNamesTwiceIsCheckedAsAWhole() {
    Map<Long, LatestMove> five = Map.of(7L, new LatestMove(7, 1, 5, FIRST_DAY));
    Request cart = request(new RequestLine(7, -3), new RequestLine(7, -4));
    Decided decided = AppendRule.decide(five, Map.of(), Map.of(), List.of(cart));
    assertThat(decided.decisions())
        .containsExactly(new Decision.NotEnough(List.of(new Shortage(7, 5, 7, Optional.empty()))));
    assertThat(decided.moves()).isEmpty();
  }

  /** An addition before a removal of the same item brings its units, one after it does not. */
  @Test
  void theLinesOfAnItemAreDecidedInTheirOrder() {
    Map<Long, LatestMove> five = Map.of(7L, new LatestMove(7, 1, 5, FIRST_DAY));
    Request first = request(new RequestLine(7, 3), new RequestLine(7, -8));
    Request last = request(new RequestLine(7, -8), new RequestLine(7, 3));
    assertThat(AppendRule.decide(five, Map.of(), Map.of(), List.of(first)).moves())
        .extracting(move -> move.after().stockAfter())
        .containsExactly(8L, 0L);
    assertThat(AppendRule.decide(five, Map.of(), Map.of(), List.of(last)).moves()).isEmpty();
  }

  @Test
  void aRefusalNamesEveryItemThatIsShort() {
    Map<Long, LatestMove> latest =
        Map.of(
            7L, new LatestMove(7, 1, 5, FIRST_DAY),
            8L, new LatestMove(8, 1, 9, FIRST_DAY),
            9L, new LatestMove(9, 1, 1, FIRST_DAY));
    Request order = request(new RequestLine(9, -2), new RequestLine(8, -9), new RequestLine(7, -6));
    assertThat(AppendRule.decide(latest, Map.of(), Map.of(), List.of(order)).decisions())
        .containsExactly(
            new Decision.NotEnough(
                List.of(
                    new Shortage(9, 1, 2, Optional.empty()),
                    new Shortage(7, 5, 6, Optional.empty()))));
  }

  /** The items whose latest moves neither a key nor a read of this try shows to be the latest. */
  @Test
  void theItemsOfARefusalAreToBeReadUnlessAMoveIsAppendedToThem() {
    Map<Long, LatestMove> latest =
        Map.of(
            7L, new LatestMove(7, 1, 5, FIRST_DAY),
            8L, new LatestMove(8, 1, 9, FIRST_DAY),
            9L, new LatestMove(9, 1, 1, FIRST_DAY));
    Request refused =
        new Request(
            "refused", FIRST_DAY, "", List.of(new RequestLine(7, -6), new RequestLine(9, -2)));
    Request accepted = Request.ofOneLine(7, -5, FIRST_DAY, "accepted");
    Request other = Request.ofOneLine(8, -1, FIRST_DAY, "other");
    assertThat(
            AppendRule.decide(latest, Map.of(), Map.of(), List.of(refused, accepted, other))
                .itemsToRead())
        .containsExactly(9L);
    assertThat(AppendRule.decide(latest, Map.of(), Map.of(), List.of(refused, other)).itemsToRead())
        .containsExactlyInAnyOrder(7L, 9L);
    Request tooLarge = Request.ofOneLine(8, Long.MAX_VALUE, FIRST_DAY, "too-large");
    assertThat(AppendRule.decide(latest, Map.of(), Map.of(), List.of(tooLarge)).itemsToRead())
        .containsExactly(8L);
  }

  private static Request request(RequestLine... lines) {
    return new Request("order-1", FIRST_DAY, "", List.of(lines));
  }

  private void beginEmpty() {
    model = new ModelLedger();
    latest.clear();
    for (long itemId : ITEMS) {
      model.addItem(itemId);
      latest.put(itemId, new LatestMove(itemId, 0, 0, LocalDate.MIN));
    }
    ledger.clear();
    asked.clear();
  }

  private void decideGroup(int sequence) {
    List<Request> requests = new ArrayList<>();
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      requests.add(randomRequest());
    }
    Decided decided =
        AppendRule.decide(Map.copyOf(latest), laterDays(requests), stored(requests), requests);
    for (int i = 0; i < size; i++) {
      assertThat(answer(decided.decisions().get(i)))
          .as("sequence %d: %s after %s", sequence, requests, ledger)
          .isEqualTo(model.post(requests.get(i)));
    }
    for (NumberedMove numbered : decided.moves()) {
      // Invariants 1 and 2: the numbers have no gap, stock_after is the sum so far, book_date the
      // latest date.
      LatestMove before = latest.get(numbered.line().itemId());
      LocalDate date = numbered.request().date();
      LatestMove after =
          new LatestMove(
              before.itemId(),
              before.moveNo() + 1,
              before.stockAfter() + numbered.line().increment(),
              before.bookDate().isAfter(date) ? before.bookDate() : date);
      assertThat(numbered.after()).isEqualTo(after);
      assertThat(after.stockAfter()).isNotNegative();
      latest.put(after.itemId(), after);
      ledger.add(numbered);
    }
    assertThat(decided.latest()).isEqualTo(latest);
    checkRequestsAreWhole();
  }

  /** Invariant 5: a request id has at most one request, and all its lines are there. */
  private void checkRequestsAreWhole() {
    Map<String, List<Integer>> linesOfRequest = new HashMap<>();
    ledger.forEach(
        move ->
            linesOfRequest
                .computeIfAbsent(move.request().id(), id -> new ArrayList<>())
                .add(move.lineNo()));
    ledger.forEach(
        move -> {
          List<Integer> lines = linesOfRequest.get(move.request().id());
          assertThat(lines).hasSize(move.request().lines().size());
          for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo(i + 1);
          }
        });
  }

  private Request randomRequest() {
    Request request =
        !asked.isEmpty() && random.nextInt(6) == 0
            ? variationOf(asked.get(random.nextInt(asked.size())))
            : new Request("request-" + asked.size(), randomDay(), "", randomLines());
    asked.add(request);
    return request;
  }

  private Request variationOf(Request old) {
    return switch (random.nextInt(5)) {
      case 0 -> new Request(old.id(), old.date(), "", randomLines());
      case 1 -> new Request(old.id(), randomDay(), "", old.lines());
      case 2 -> new Request(old.id(), old.date(), "another note", old.lines());
      case 3 -> new Request(old.id(), old.date(), "", old.lines().subList(0, 1));
      default -> old;
    };
  }

  private List<RequestLine> randomLines() {
    int count = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(5);
    List<RequestLine> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(new RequestLine(randomItem(), randomIncrement(count)));
    }
    return lines;
  }

  private long randomItem() {
    return random.nextInt(40) == 0 ? UNKNOWN_ITEM : ITEMS[random.nextInt(ITEMS.length)];
  }

  /** A request of several lines has no units near the bound: their sum would be above it. */
  private long randomIncrement(int lines) {
    return switch (random.nextInt(12)) {
      case 0 -> lines == 1 ? Long.MAX_VALUE - random.nextInt(3) : 1L + random.nextInt(20);
      case 1 -> lines == 1 ? -(Long.MAX_VALUE - random.nextInt(3)) : -(1L + random.nextInt(20));
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
  private Map<Long, Map<LocalDate, BigDecimal>> laterDays(List<Request> requests) {
    Optional<LocalDate> earliest =
        requests.stream()
            .filter(request -> request.lines().stream().anyMatch(line -> line.increment() < 0))
            .map(Request::date)
            .min(Comparator.naturalOrder());
    Map<Long, Map<LocalDate, BigDecimal>> increments = new HashMap<>();
    for (NumberedMove move : ledger) {
      LocalDate date = move.request().date();
      if (earliest.isPresent() && date.isAfter(earliest.get())) {
        increments
            .computeIfAbsent(move.line().itemId(), itemId -> new HashMap<>())
            .merge(date, BigDecimal.valueOf(move.line().increment()), BigDecimal::add);
      }
    }
    return increments;
  }

  private Map<String, Request> stored(List<Request> requests) {
    Map<String, Request> stored = new HashMap<>();
    for (NumberedMove move : ledger) {
      String id = move.request().id();
      if (requests.stream().anyMatch(request -> request.id().equals(id))) {
        stored.put(id, move.request());
      }
    }
    return stored;
  }

  private static ModelLedger.Answer answer(Decision decision) {
    if (decision instanceof Decision.NotEnough refused) {
      return new ModelLedger.NotEnough(refused.shortages());
    }
    if (decision instanceof Decision.RequestIdReused) {
      return new ModelLedger.ReusedRequestId();
    }
    if (decision instanceof Decision.NoSuchItem) {
      return new ModelLedger.Unknown();
    }
    return decision instanceof Decision.TooLarge
        ? new ModelLedger.TooLarge()
        : new ModelLedger.Done();
  }
}
