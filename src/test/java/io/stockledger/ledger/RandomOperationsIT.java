package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.closing.ItemClosing;
import io.stockledger.ledger.closing.ItemMovements;
import io.stockledger.ledger.closing.ItemStock;
import io.stockledger.ledger.correction.CorrectionRepository;
import io.stockledger.ledger.correction.CorrectionRepository.Corrected;
import io.stockledger.ledger.count.CountRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.testing.CountInvariants;
import io.stockledger.testing.TestLedger;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Checks that random operations have the same answers in the ledger and in {@link ModelLedger}. */
class RandomOperationsIT {
  private static final int OPERATIONS = Integer.getInteger("stock.test.operations", 3_000);
  private static final int BETWEEN_CHECKS = 500;

  /** One in so many times a hold is waited for, which takes a second. */
  private static final int ONE_WAIT_IN = 20;

  private static final long[] ITEMS = {1, 2, 3};
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 10);
  private static final int DAYS = 12;

  private final ModelLedger model = new ModelLedger();
  private final List<Request> asked = new ArrayList<>();
  private Random random;
  private int nextRequest;

  /** How many moves each closing counts, by day and item. */
  private final Map<LocalDate, Map<Long, Long>> movesCounted = new HashMap<>();

  private StockRepository stock;
  private CorrectionRepository corrections;
  private RandomHolds holds;
  private RandomCounts counts;
  private ClosingRepository closings;

  @Test
  void ledgerAnswersAsTheModelDoes() throws SQLException {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("RandomOperationsIT: -Dstock.test.seed=" + seed);
    random = new Random(seed);
    try (TestLedger ledger = TestLedger.make(ClosingRepository.CONNECTIONS)) {
      stock = new StockRepository(ledger.database());
      corrections = new CorrectionRepository(ledger.database(), stock);
      counts = new RandomCounts(random, model, new CountRepository(ledger.database(), stock));
      holds = new RandomHolds(random, model, ledger, stock);
      closings = new ClosingRepository(ledger.database(), notice -> {});
      for (long itemId : ITEMS) {
        ledger.addItem(itemId);
        model.addItem(itemId);
      }
      for (int i = 1; i <= OPERATIONS; i++) {
        operate();
        if (i % BETWEEN_CHECKS == 0) {
          CountInvariants.check(ledger.url());
        }
      }
    }
  }

  private void operate() throws SQLException {
    int kind = random.nextInt(100);
    if (kind < 5) {
      reverse((random.nextInt(5) == 0 ? "reverse:" : "") + anEarlierId());
    } else if (kind < 9) {
      correct((random.nextInt(3) == 0 ? "reverse:" : "") + anEarlierId());
    } else if (kind < 15) {
      counts.count(randomItem(), randomDay(), anEarlierId());
    } else if (kind < 52) {
      Request move = nextRequest();
      assertThat(ask(move)).as("%s", move).isEqualTo(model.post(move));
    } else if (kind < 60) {
      holds.hold(removals(nextRequest()));
    } else if (kind < 70) {
      holds.end(anEarlierId());
    } else if (kind < 72) {
      letHoldsExpire();
    } else if (kind < 90) {
      long itemId = randomItem();
      LocalDate day = randomDay();
      assertThat(stock.stockAt(itemId, day))
          .as("invariant 3: item %d on %s", itemId, day)
          .isEqualTo(model.stockAt(itemId, day));
    } else if (kind < 94) {
      listStock(randomDay());
    } else if (kind < 96) {
      listClosings(randomDay());
    } else {
      closeDays(randomDay());
    }
  }

  /** Often one day, sometimes some days: a span is read by another statement than a day. */
  private void closeDays(LocalDate day) {
    DaySpan span = new DaySpan(day, day.plusDays(random.nextInt(3)));
    List<ItemClosing> closed = new ArrayList<>();
    closings.close(span, closed::add);
    // The model does not know item 101 of the initial data, which setup-db inserts.
    closed.removeIf(closing -> closing.itemId() == 101);
    List<String> expected = new ArrayList<>();
    for (long itemId : ITEMS) {
      for (LocalDate each = day; !each.isAfter(span.last()); each = each.plusDays(1)) {
        if (model.movedOn(itemId, each)) {
          expected.add(itemId + " " + each + ": " + model.stockAt(itemId, each));
        }
      }
    }
    assertThat(closed)
        .as("closings of %s", span)
        .extracting(RandomOperationsIT::line)
        .containsExactlyElementsOf(expected);
    for (LocalDate each = day; !each.isAfter(span.last()); each = each.plusDays(1)) {
      for (long itemId : ITEMS) {
        if (model.movedOn(itemId, each)) {
          closed(each).put(itemId, model.moves(itemId));
        }
      }
    }
    checkMovements(day);
  }

  private static String line(ItemClosing closing) {
    ItemClosing.Written written = (ItemClosing.Written) closing;
    return written.itemId() + " " + written.day() + ": " + written.units();
  }

  private void checkMovements(LocalDate day) {
    List<ItemMovements> movements = new ArrayList<>(closings.movements(day));
    movements.removeIf(movement -> movement.item().itemId() == 101);
    assertThat(movements)
        .as("movements of %s", day)
        .containsExactlyElementsOf(
            LongStream.of(ITEMS)
                .filter(itemId -> model.movedOn(itemId, day))
                .mapToObj(
                    itemId ->
                        new ItemMovements(
                            item(itemId),
                            model.additionsOn(itemId, day),
                            model.removalsOn(itemId, day),
                            model.movesOn(itemId, day)))
                .toList());
  }

  private Map<Long, Long> closed(LocalDate day) {
    return movesCounted.computeIfAbsent(day, key -> new TreeMap<>());
  }

  private void listStock(LocalDate day) {
    List<ItemStock> listed = new ArrayList<>();
    closings.forEachStock(day, listed::add);
    listed.removeIf(stockOfItem -> stockOfItem.item().itemId() == 101);
    assertThat(listed)
        .as("invariant 3: all items on %s", day)
        .containsExactlyElementsOf(
            LongStream.of(ITEMS)
                .mapToObj(
                    itemId ->
                        new ItemStock(item(itemId), BigDecimal.valueOf(model.stockAt(itemId, day))))
                .toList());
  }

  private void listClosings(LocalDate day) {
    List<List<Object>> listed = new ArrayList<>();
    closings.forEachClosing(
        day, closing -> listed.add(List.of(closing.itemId(), closing.moveNo(), closing.isStale())));
    listed.removeIf(closing -> closing.get(0).equals(101L));
    List<List<Object>> expected = new ArrayList<>();
    closed(day)
        .forEach(
            (itemId, counted) ->
                expected.add(
                    List.of(itemId, counted, model.lastNumberUpTo(itemId, day) > counted)));
    assertThat(listed).as("closings of %s", day).isEqualTo(expected);
  }

  private void letHoldsExpire() throws SQLException {
    if (random.nextInt(ONE_WAIT_IN) == 0) {
      holds.holdUntilItsTimeIsOver(removals(newRequest()));
    } else {
      holds.letSomeExpire();
    }
    if (random.nextBoolean()) {
      holds.releaseExpired();
    }
  }

  private void reverse(String requestId) {
    assertThat(answerToReversal(requestId))
        .as("reversal of %s", requestId)
        .isEqualTo(model.reverse(requestId));
  }

  private void correct(String requestId) {
    long quantity = 1L + random.nextInt(20);
    assertThat(answerToCorrection(requestId, quantity))
        .as("correction of %s to %d", requestId, quantity)
        .isEqualTo(model.correct(requestId, quantity));
  }

  private ModelLedger.Answer answerToCorrection(String requestId, long quantity) {
    try {
      Corrected corrected = corrections.correct(requestId, quantity, Optional.empty(), "");
      if (corrected.posting() instanceof Posting.Made) {
        asked.add(corrected.request());
      }
      return answer(corrected.posting());
    } catch (NotCorrectableException | RequestIdReusedException e) {
      return new ModelLedger.NotCorrectable();
    } catch (UnknownRequestException e) {
      return new ModelLedger.Unknown();
    }
  }

  private ModelLedger.Answer answerToReversal(String requestId) {
    try {
      Reversal reversal = stock.reverse(requestId, Optional.empty(), "");
      asked.add(reversal.opposite());
      return answer(reversal.posting());
    } catch (NotCorrectableException | RequestIdReusedException e) {
      return new ModelLedger.ReusedRequestId();
    } catch (UnknownRequestException e) {
      return new ModelLedger.Unknown();
    } catch (NotSoldException e) {
      return new ModelLedger.NotSold(e.outcome());
    }
  }

  private static ModelLedger.Answer answer(Posting posting) {
    return posting instanceof Posting.Insufficient refused
        ? new ModelLedger.NotEnough(refused.shortages())
        : new ModelLedger.Done(((Posting.Made) posting).isRepeated());
  }

  private static RegisteredItem item(long itemId) {
    return new RegisteredItem(itemId, "CODE-" + itemId, "Item " + itemId);
  }

  private Request nextRequest() {
    Request next =
        random.nextInt(10) == 0 && !asked.isEmpty() ? variationOfAnEarlierRequest() : newRequest();
    asked.add(next);
    return next;
  }

  private String anEarlierId() {
    return switch (random.nextInt(8)) {
      case 0 -> counts.anEarlierId();
      case 1, 2, 3 -> holds.anEarlierId("request-0");
      default -> asked.isEmpty() ? "request-0" : asked.get(random.nextInt(asked.size())).id();
    };
  }

  /** Returns the request as a hold may have it: with removals only. */
  private static Request removals(Request request) {
    return new Request(
        request.id(),
        request.date(),
        "",
        request.lines().stream()
            .map(line -> new RequestLine(line.itemId(), -Math.abs(line.increment())))
            .toList());
  }

  private Request newRequest() {
    int count = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(5);
    List<RequestLine> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long quantity = 1L + random.nextInt(20);
      lines.add(new RequestLine(randomItem(), random.nextInt(5) < 2 ? quantity : -quantity));
    }
    return new Request("request-" + nextRequest++, randomDay(), "", lines);
  }

  /** Returns a request with an id that was used before, with the same or with other content. */
  private Request variationOfAnEarlierRequest() {
    Request old = asked.get(random.nextInt(asked.size()));
    RequestLine first = old.lines().get(0);
    return switch (random.nextInt(7)) {
      case 0 -> Request.ofOneLine(randomItem(), first.increment(), old.date(), old.id());
      case 1 -> Request.ofOneLine(first.itemId(), -first.increment(), old.date(), old.id());
      case 2 -> new Request(old.id(), randomDay(), "", old.lines());
      case 3 -> new Request(old.id(), old.date(), "", List.of(first, first));
      default -> old;
    };
  }

  /** A request of one line is asked for in each of the ways that there are. */
  private ModelLedger.Answer ask(Request request) {
    try {
      if (!request.hasOneLine() || random.nextInt(3) == 0) {
        return answer(stock.post(request));
      }
      RequestLine line = request.lines().get(0);
      MoveRequest single =
          new MoveRequest(line.itemId(), Math.abs(line.increment()), request.date(), request.id());
      if (line.increment() > 0) {
        return new ModelLedger.Done(stock.add(single));
      }
      Removal removal =
          random.nextBoolean() ? stock.removeAtomic(single) : stock.removeChecked(single);
      return removal instanceof Removal.Insufficient refused
          ? new ModelLedger.NotEnough(
              List.of(
                  new Shortage(
                      line.itemId(), refused.available(), refused.required(), refused.limit())))
          : new ModelLedger.Done(((Removal.Removed) removal).isRepeated());
    } catch (RequestIdReusedException e) {
      return new ModelLedger.ReusedRequestId();
    }
  }

  private long randomItem() {
    return ITEMS[random.nextInt(ITEMS.length)];
  }

  /** Returns most often a day near the middle of the range. */
  private LocalDate randomDay() {
    return FIRST_DAY.plusDays((random.nextInt(DAYS) + random.nextInt(DAYS)) / 2);
  }
}
