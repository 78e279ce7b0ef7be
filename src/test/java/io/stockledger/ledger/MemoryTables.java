package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.HoldState;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of a ledger in memory: what an append reads for {@link AppendRule}, and what it writes
 * of that which the rule decides. Each write is checked against the invariants.
 */
final class MemoryTables {
  private static final Purpose STORED_HOLD =
      new Purpose.Hold(new Purpose.ExpiresAt(LocalDateTime.of(2025, 9, 1, 12, 0)));

  private final Map<Long, LatestMove> latest = new HashMap<>();
  private final List<NumberedMove> moves = new ArrayList<>();
  private final Map<String, Request> holds = new HashMap<>();
  private final Set<String> overdue = new HashSet<>();
  private final Map<String, HoldOutcome> ends = new HashMap<>();
  private final Map<String, Count> counts = new HashMap<>();

  MemoryTables(long... itemIds) {
    for (long itemId : itemIds) {
      latest.put(itemId, new LatestMove(itemId, 0, 0, LocalDate.MIN));
    }
  }

  /** The clock passes the time of a hold. */
  void letExpire(String holdId) {
    overdue.add(holdId);
  }

  /** Decides requests together, and writes what is accepted. */
  Decided decide(List<Request> requests) {
    Decided decided =
        AppendRule.decide(
            Map.copyOf(latest),
            laterDays(requests),
            standing(requests),
            holdStates(requests),
            requests);
    decided.moves().forEach(this::append);
    decided.beside().forEach(this::writeBeside);
    assertThat(decided.latest()).isEqualTo(latest);
    checkRequestsAreWhole();
    checkHolds();
    counts.values().forEach(this::check);
    return decided;
  }

  /**
   * Invariants 1 and 2: the numbers have no gap, stock_after is the sum so far, book_date the
   * latest date.
   */
  private void append(NumberedMove numbered) {
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
    moves.add(numbered);
  }

  /** The primary keys of the holds, of their ends and of the counts. */
  private void writeBeside(Request request) {
    if (request.purpose() instanceof Purpose.Counted counted) {
      assertThat(counts.put(request.id(), counted.count())).as("before %s", request).isNull();
    } else if (request.purpose() instanceof Purpose.HoldEnd end) {
      assertThat(ends.put(end.holdId(), end.outcome())).as("the end before %s", end).isNull();
    } else {
      assertThat(request.purpose()).isInstanceOf(Purpose.Hold.class);
      assertThat(holds.put(request.id(), request)).as("the hold before %s", request).isNull();
    }
  }

  /** Invariant 5: a request id has at most one request, and all its lines are there. */
  private void checkRequestsAreWhole() {
    Map<String, Integer> made = new HashMap<>();
    for (NumberedMove move : moves) {
      check(move.lineNo() == made.merge(move.request().id(), 1, Integer::sum), move);
    }
    for (NumberedMove move : moves) {
      check(made.get(move.request().id()) == move.request().lines().size(), move);
    }
  }

  /** Invariant 9: a hold has its moves, and its opposite exactly if its units are given back. */
  private void checkHolds() {
    Set<String> held = new HashSet<>();
    Set<String> givenBack = new HashSet<>();
    for (NumberedMove move : moves) {
      Purpose purpose = move.request().purpose();
      if (purpose instanceof Purpose.Hold) {
        held.add(move.request().id());
      } else if (purpose instanceof Purpose.HoldEnd end) {
        givenBack.add(end.holdId());
        Request hold = holds.get(end.holdId());
        long units = hold.lines().get(move.lineNo() - 1).increment();
        check(move.line().increment() == -units && move.request().date().equals(hold.date()), move);
      }
    }
    check(held.equals(holds.keySet()), held);
    check(held.containsAll(ends.keySet()), ends);
    for (String id : held) {
      check(givenBack.contains(id) == (ends.containsKey(id) && ends.get(id).givesBack()), id);
    }
  }

  /** Invariant 10: the difference to the moves that a count names is a move of its id. */
  private void check(Count count) {
    CountRequest request = count.request();
    BigInteger stock = BigInteger.ZERO;
    List<Long> corrections = new ArrayList<>();
    for (NumberedMove move : moves) {
      if (move.request().id().equals(request.id())) {
        corrections.add(move.line().increment());
        check(move.after().moveNo() > count.moveNo(), move);
      }
      if (move.line().itemId() == request.itemId()
          && move.after().moveNo() <= count.moveNo()
          && !move.request().date().isAfter(request.date())) {
        stock = stock.add(BigInteger.valueOf(move.line().increment()));
      }
    }
    long difference = request.counted() - count.ledgerStock();
    check(stock.equals(BigInteger.valueOf(count.ledgerStock())), count);
    check(corrections.equals(difference == 0 ? List.of() : List.of(difference)), count);
  }

  /** Without AssertJ, which would take most of the time of a hundred thousand ledgers. */
  private void check(boolean holds, Object subject) {
    if (!holds) {
      throw new AssertionError(subject + " in " + this);
    }
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
    for (NumberedMove move : moves) {
      LocalDate date = move.request().date();
      RequestLine line = move.line();
      if (earliest.isPresent() && date.isAfter(earliest.get())) {
        increments
            .computeIfAbsent(line.itemId(), itemId -> new HashMap<>())
            .merge(date, BigDecimal.valueOf(line.increment()), BigDecimal::add);
      }
    }
    return increments;
  }

  /** Moves are moves: only a hold is told apart, and a count for another sending of a count. */
  private Map<String, Request> standing(List<Request> requests) {
    Map<String, Request> standing = new HashMap<>();
    for (NumberedMove move : moves) {
      String id = move.request().id();
      if (requests.stream().anyMatch(request -> request.id().equals(id))) {
        standing.put(
            id, move.request().with(holds.containsKey(id) ? STORED_HOLD : new Purpose.Moves()));
      }
    }
    for (Request request : requests) {
      Count count = counts.get(request.id());
      if (request.purpose() instanceof Purpose.Counted && count != null) {
        standing.put(request.id(), count.toRequest());
      }
    }
    return standing;
  }

  private Map<String, HoldState> holdStates(List<Request> requests) {
    Map<String, HoldState> states = new HashMap<>();
    for (Request request : requests) {
      if (request.purpose() instanceof Purpose.HoldEnd end && holds.containsKey(end.holdId())) {
        states.put(
            end.holdId(),
            new HoldState(
                overdue.contains(end.holdId()), Optional.ofNullable(ends.get(end.holdId()))));
      }
    }
    return states;
  }

  @Override
  public String toString() {
    return "%s, holds %s, overdue %s, ends %s, counts %s"
        .formatted(moves, holds.keySet(), overdue, ends, counts);
  }
}
