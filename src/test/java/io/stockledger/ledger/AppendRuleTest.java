package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.HoldState;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
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
  private static final Purpose MOVES = new Purpose.Moves();
  private static final Purpose HOLD =
      new Purpose.Hold(new Purpose.ExpiresIn(Duration.ofMinutes(15)));

  private Random random;
  private ModelLedger model;
  private MemoryTables tables;
  private final List<Request> asked = new ArrayList<>();
  private final Set<Class<?>> answered = new HashSet<>();

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
    // All but the answers that are given before the rule is asked.
    Set<Class<?>> kinds = new HashSet<>(List.of(ModelLedger.Answer.class.getPermittedSubclasses()));
    kinds.removeAll(
        Set.of(
            ModelLedger.NotSold.class,
            ModelLedger.NotCorrectable.class,
            ModelLedger.NoSuchMove.class));
    assertThat(answered).isEqualTo(kinds);
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

  /** A look-up after the group would find the moves of the release, and no hold of their id. */
  @Test
  void theMovesOfAReleaseAreFoundInItsGroupAsTheyAreAfterIt() {
    Map<Long, LatestMove> latest = Map.of(7L, new LatestMove(7, 2, 3, FIRST_DAY));
    Request hold = request(new RequestLine(7, -2)).with(HOLD);
    Request release = Reversal.release(hold, HoldOutcome.RELEASED);
    Map<String, HoldState> open = Map.of(hold.id(), new HoldState(false, Optional.empty()));
    List<Request> group = List.of(release, release.with(MOVES));
    assertThat(AppendRule.decide(latest, Map.of(), Map.of(), open, group).decisions())
        .containsExactly(
            new Decision.Accepted(false, release.purpose()), new Decision.Accepted(true));
  }

  private static Request request(RequestLine... lines) {
    return new Request("order-1", FIRST_DAY, "", List.of(lines));
  }

  private void beginEmpty() {
    model = new ModelLedger();
    for (long itemId : ITEMS) {
      model.addItem(itemId);
    }
    tables = new MemoryTables(ITEMS);
    asked.clear();
  }

  private void decideGroup(int sequence) {
    for (String holdId : model.openHolds(false)) {
      if (random.nextInt(4) == 0) {
        model.letExpire(holdId);
        tables.letExpire(holdId);
      }
    }
    List<Request> requests = new ArrayList<>();
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      requests.add(randomRequest(requests));
    }
    asked.addAll(requests);
    List<Decision> decisions = tables.decide(requests).decisions();
    for (int i = 0; i < size; i++) {
      Request request = requests.get(i);
      ModelLedger.Answer answer = answer(decisions.get(i));
      answered.add(answer.getClass());
      assertThat(answer)
          .as(() -> "sequence %d: %s of %s: %s".formatted(sequence, request, requests, tables))
          .isEqualTo(answerOfModel(request));
    }
  }

  private ModelLedger.Answer answerOfModel(Request request) {
    if (request.purpose() instanceof Purpose.HoldEnd end) {
      return model.end(end.holdId(), end.outcome());
    }
    return request.purpose() instanceof Purpose.Counted counted
        ? model.count(counted.count())
        : model.post(request);
  }

  private Request randomRequest(List<Request> group) {
    List<Request> earlier = random.nextInt(3) == 0 ? group : asked;
    if (!earlier.isEmpty() && random.nextInt(6) == 0) {
      return variationOf(anyOf(earlier), group);
    }
    if (!earlier.isEmpty() && random.nextInt(5) == 0) {
      return endOf(anyOf(earlier).id(), group);
    }
    if (random.nextInt(8) == 0) {
      return count(group);
    }
    return newRequest(group);
  }

  private Request newRequest(List<Request> group) {
    String id = "request-" + (asked.size() + group.size());
    return random.nextInt(3) == 0
        ? new Request(id, randomDay(), "", removals(randomLines()), HOLD)
        : new Request(id, randomDay(), "", randomLines());
  }

  /**
   * Returns a count that was compared with the ledger before the group: a new one, one that was
   * asked for before, or one whose id has other moves. No other request has the id of a count,
   * because moves say nothing of counts.
   */
  private Request count(List<Request> group) {
    List<Request> earlier = random.nextBoolean() ? group : asked;
    CountRequest request = newCount("count-" + (asked.size() + group.size()));
    if (!earlier.isEmpty() && random.nextInt(3) == 0) {
      Request old = anyOf(earlier);
      if (old.purpose() instanceof Purpose.Counted counted) {
        request = random.nextInt(3) == 0 ? newCount(old.id()) : counted.count().request();
      } else if (model.isUsed(old.id())) {
        request = newCount(old.id());
      }
    }
    return model.compared(request).map(Count::toRequest).orElseGet(() -> newRequest(group));
  }

  private CountRequest newCount(String id) {
    long itemId = ITEMS[random.nextInt(ITEMS.length)];
    int moves = (int) model.moves(itemId);
    OptionalLong afterMove =
        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(moves + 1));
    CountRequest any = new CountRequest(id, itemId, randomDay(), 0, afterMove, "");
    long counted =
        random.nextInt(4) == 0
            ? model.compared(any).map(Count::ledgerStock).orElse(0L)
            : random.nextInt(40);
    return new CountRequest(id, itemId, any.date(), counted, afterMove, "");
  }

  private static List<RequestLine> removals(List<RequestLine> lines) {
    return lines.stream()
        .map(line -> new RequestLine(line.itemId(), -Math.abs(line.increment())))
        .toList();
  }

  private Request anyOf(List<Request> requests) {
    return requests.get(random.nextInt(requests.size()));
  }

  private Request variationOf(Request old, List<Request> group) {
    if (old.id().startsWith("count-")) {
      return old;
    }
    if (old.purpose() instanceof Purpose.HoldEnd end && random.nextBoolean()) {
      return endOf(end.holdId(), group);
    }
    if (old.lines().isEmpty() || old.purpose() instanceof Purpose.HoldEnd) {
      return new Request(
          old.id(), old.date(), "", old.lines().isEmpty() ? randomLines() : old.lines());
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Request(old.id(), old.date(), "", randomLines());
      case 1 -> new Request(old.id(), randomDay(), "", old.lines(), old.purpose());
      case 2 -> new Request(old.id(), old.date(), "another note", old.lines(), old.purpose());
      case 3 -> new Request(old.id(), old.date(), "", old.lines().subList(0, 1), old.purpose());
      case 4 ->
          old.isForMovesOnly()
              ? new Request(old.id(), old.date(), "", removals(old.lines()), HOLD)
              : old.with(MOVES);
      default -> old;
    };
  }

  /**
   * Returns a request that ends what has the id, if that is a hold. A release has the moves of a
   * hold that was found, so a hold that may be made meanwhile is only committed.
   */
  private Request endOf(String id, List<Request> group) {
    List<Request> inGroup = group.stream().filter(request -> request.id().equals(id)).toList();
    Optional<Request> found = model.hold(id);
    if (random.nextInt(3) == 0 || (found.isEmpty() && inGroup.size() > 1)) {
      return Request.commitOfHold(id);
    }
    Request toRelease =
        found
            .or(() -> inGroup.stream().filter(request -> !request.lines().isEmpty()).findFirst())
            .orElseGet(() -> new Request(id, randomDay(), "", randomLines()));
    return Reversal.release(
        toRelease, random.nextBoolean() ? HoldOutcome.RELEASED : HoldOutcome.EXPIRED);
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
    if (decision instanceof Decision.TooLarge) {
      return new ModelLedger.TooLarge();
    }
    if (decision instanceof Decision.NoSuchHold) {
      return new ModelLedger.NoSuchHold();
    }
    if (decision instanceof Decision.HoldOverdue) {
      return new ModelLedger.Overdue();
    }
    if (decision instanceof Decision.HoldEnded ended) {
      return new ModelLedger.EndedOtherwise(ended.outcome());
    }
    Decision.Accepted accepted = (Decision.Accepted) decision;
    if (accepted.stored() instanceof Purpose.Counted counted) {
      return new ModelLedger.Counted(counted.count(), accepted.isRepeated());
    }
    return accepted.stored() instanceof Purpose.HoldEnd end
        ? new ModelLedger.Ended(end.outcome(), accepted.isRepeated())
        : new ModelLedger.Done(accepted.isRepeated());
  }
}
