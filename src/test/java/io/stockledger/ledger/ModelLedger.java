package io.stockledger.ledger;

import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.LaterLimit;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A plain model of what the ledger must do: a list of moves for each item, the holds and the
 * counts.
 */
final class ModelLedger {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** By the id of a correction, the move that it made. */
  private final Map<String, RequestLine> rightMoves = new HashMap<>();

  private final Map<Long, List<ModelMove>> items = new HashMap<>();
  private final Map<String, Request> requests = new HashMap<>();
  private final Set<String> overdue = new HashSet<>();
  private final Map<String, HoldOutcome> ends = new HashMap<>();
  private final Map<String, Count> counts = new HashMap<>();

  void addItem(long itemId) {
    items.put(itemId, new ArrayList<>());
  }

  private record ModelMove(LocalDate date, long increment) {}

  /** The answer to a request. */
  sealed interface Answer {}

  record Done(boolean isRepeated) implements Answer {}

  record NotEnough(List<Shortage> shortages) implements Answer {}

  record ReusedRequestId() implements Answer {}

  record TooLarge() implements Answer {}

  record Unknown() implements Answer {}

  /** The hold has an end of the kind that was asked for. */
  record Ended(HoldOutcome outcome, boolean isRepeated) implements Answer {}

  record EndedOtherwise(HoldOutcome outcome) implements Answer {}

  record Overdue() implements Answer {}

  record NoSuchHold() implements Answer {}

  record Counted(Count count, boolean isRepeated) implements Answer {}

  record NoSuchMove(long latestMove) implements Answer {}

  /** The request can't be corrected, or was corrected or reversed otherwise. */
  record NotCorrectable() implements Answer {}

  /** The request to reverse is a hold that is not committed. */
  record NotSold(Optional<HoldOutcome> outcome) implements Answer {}

  /**
   * Makes the lines of a request one after another, and takes them all back if any of them is
   * impossible.
   */
  Answer post(Request asked) {
    Request first = requests.get(asked.id());
    if (first != null) {
      boolean isSame =
          first.date().equals(asked.date())
              && first.lines().equals(asked.lines())
              && isHold(first) == isHold(asked);
      return isSame ? new Done(true) : new ReusedRequestId();
    }
    if (asked.lines().stream().anyMatch(line -> !items.containsKey(line.itemId()))) {
      return new Unknown();
    }
    List<Shortage> shortages = shortages(asked);
    if (!shortages.isEmpty()) {
      return new NotEnough(shortages);
    }
    boolean fits = true;
    for (RequestLine line : asked.lines()) {
      items.get(line.itemId()).add(new ModelMove(asked.date(), line.increment()));
      fits &= sum(line.itemId(), move -> true).compareTo(MOST) <= 0;
    }
    if (!fits) {
      asked.lines().forEach(line -> removeLast(items.get(line.itemId())));
      return new TooLarge();
    }
    requests.put(asked.id(), asked);
    return new Done(false);
  }

  private static boolean isHold(Request request) {
    return request.purpose() instanceof Purpose.Hold;
  }

  /** Returns the hold of a request id; empty if the id has none. */
  Optional<Request> hold(String id) {
    return Optional.ofNullable(requests.get(id)).filter(ModelLedger::isHold);
  }

  /** Returns the ids of the holds that are open, or of those of them whose time is over. */
  Set<String> openHolds(boolean onlyOverdue) {
    Set<String> open = new TreeSet<>(onlyOverdue ? overdue : requests.keySet());
    open.removeIf(id -> hold(id).isEmpty() || ends.containsKey(id));
    return open;
  }

  /** The clock passes the time of a hold. */
  void letExpire(String holdId) {
    overdue.add(holdId);
  }

  /** Ends a hold, and makes the opposite of its moves unless they are sold. */
  Answer end(String holdId, HoldOutcome outcome) {
    Optional<Request> hold = hold(holdId);
    if (hold.isEmpty()) {
      return new NoSuchHold();
    }
    boolean isCommit = outcome == HoldOutcome.COMMITTED;
    HoldOutcome standing = ends.get(holdId);
    if (standing != null) {
      return isCommit == (standing == HoldOutcome.COMMITTED)
          ? new Ended(standing, true)
          : new EndedOtherwise(standing);
    }
    if (isCommit && overdue.contains(holdId)) {
      return new Overdue();
    }
    if (!isCommit) {
      String releaseId = "reverse:" + holdId;
      Answer given =
          requests.containsKey(releaseId)
              ? new ReusedRequestId()
              : post(opposite(releaseId, hold.get()));
      if (!given.equals(new Done(false))) {
        return given;
      }
    }
    ends.put(holdId, outcome);
    return new Ended(outcome, false);
  }

  /** Whether an id has moves or a count. */
  boolean isUsed(String id) {
    return requests.containsKey(id) || counts.containsKey(id);
  }

  /** Compares a count with the ledger of this moment, and makes it. */
  Answer count(CountRequest asked) {
    if (isUsed(asked.id())) {
      return count(new Count(asked, 0, 0));
    }
    if (!items.containsKey(asked.itemId())) {
      return new Unknown();
    }
    return asked.afterMove().orElse(0) > moves(asked.itemId())
        ? new NoSuchMove(moves(asked.itemId()))
        : count(compared(asked).orElseThrow());
  }

  /**
   * Returns a count with what the ledger has at this moment, as of the day of the count; empty if
   * that is above BIGINT.
   */
  Optional<Count> compared(CountRequest asked) {
    List<ModelMove> moves = items.get(asked.itemId());
    int moveNo = (int) asked.afterMove().orElse(moves.size());
    BigInteger stock = BigInteger.ZERO;
    for (ModelMove move : moves.subList(0, moveNo)) {
      if (!move.date().isAfter(asked.date())) {
        stock = stock.add(BigInteger.valueOf(move.increment()));
      }
    }
    return stock.compareTo(MOST) > 0
        ? Optional.empty()
        : Optional.of(new Count(asked, stock.longValueExact(), moveNo));
  }

  /** Makes a count: the difference is a move, made now, wherever it was computed. */
  Answer count(Count asked) {
    CountRequest request = asked.request();
    Count first = counts.get(request.id());
    if (first != null) {
      return withoutNote(first.request()).equals(withoutNote(request))
          ? new Counted(first, true)
          : new ReusedRequestId();
    }
    if (requests.containsKey(request.id())) {
      return new ReusedRequestId();
    }
    long difference = request.counted() - asked.ledgerStock();
    if (difference != 0) {
      Answer corrected =
          post(Request.ofOneLine(request.itemId(), difference, request.date(), request.id()));
      if (!corrected.equals(new Done(false))) {
        return corrected;
      }
    }
    counts.put(request.id(), asked);
    return new Counted(asked, false);
  }

  private static CountRequest withoutNote(CountRequest request) {
    return new CountRequest(
        request.id(), request.itemId(), request.date(), request.counted(), request.afterMove(), "");
  }

  /**
   * Corrects the move of a request, on its day: the right move and the opposite of the wrong one.
   */
  Answer correct(String requestId, long quantity) {
    Request first = requests.get(requestId);
    if (counts.containsKey(requestId)) {
      return new NotCorrectable();
    }
    if (first == null) {
      return new Unknown();
    }
    boolean isRelease =
        requestId.startsWith("reverse:") && hold(requestId.substring(8)).isPresent();
    RequestLine wrong = rightMoves.get(requestId);
    if (wrong == null && first.lines().size() == 1) {
      wrong = first.lines().get(0);
    }
    if (isHold(first) || isRelease || wrong == null) {
      return new NotCorrectable();
    }
    if (Math.abs(wrong.increment()) == quantity) {
      return new NotCorrectable();
    }
    RequestLine back = new RequestLine(wrong.itemId(), -wrong.increment());
    RequestLine right =
        new RequestLine(wrong.itemId(), wrong.increment() > 0 ? quantity : -quantity);
    List<RequestLine> lines = right.increment() > 0 ? List.of(right, back) : List.of(back, right);
    String id = "reverse:" + requestId;
    Answer answer = post(new Request(id, first.date(), "", lines));
    if (answer.equals(new ReusedRequestId())) {
      return new NotCorrectable();
    }
    if (answer instanceof Done) {
      rightMoves.put(id, right);
    }
    return answer;
  }

  /** Reverses a request, on its day; of a correction, the right move. */
  Answer reverse(String requestId) {
    Request first = requests.get(requestId);
    if (first == null) {
      return new Unknown();
    }
    if (!isHold(first)) {
      RequestLine right = rightMoves.get(requestId);
      Request moves =
          right == null ? first : new Request(requestId, first.date(), "", List.of(right));
      return post(opposite("reverse:" + requestId, moves));
    }
    return ends.get(requestId) == HoldOutcome.COMMITTED
        ? post(opposite("return:" + requestId, first))
        : new NotSold(Optional.ofNullable(ends.get(requestId)));
  }

  private static Request opposite(String id, Request first) {
    return new Request(
        id,
        first.date(),
        "",
        first.lines().stream()
            .map(line -> new RequestLine(line.itemId(), -line.increment()))
            .toList());
  }

  private static void removeLast(List<ModelMove> moves) {
    moves.remove(moves.size() - 1);
  }

  private List<Shortage> shortages(Request asked) {
    List<Shortage> shortages = new ArrayList<>();
    LinkedHashSet<Long> itemIds = new LinkedHashSet<>();
    asked.lines().forEach(line -> itemIds.add(line.itemId()));
    for (long itemId : itemIds) {
      BigInteger sum = BigInteger.ZERO;
      BigInteger lowest = BigInteger.ZERO;
      for (RequestLine line : asked.lines()) {
        if (line.itemId() == itemId) {
          sum = sum.add(BigInteger.valueOf(line.increment()));
          lowest = lowest.min(sum);
        }
      }
      long available = availableFrom(itemId, asked.date());
      long required = lowest.negate().longValueExact();
      if (required > 0 && available < required) {
        shortages.add(
            new Shortage(itemId, available, required, limit(itemId, asked.date(), available)));
      }
    }
    return shortages;
  }

  long stockAt(long itemId, LocalDate day) {
    return sum(itemId, move -> !move.date().isAfter(day)).longValueExact();
  }

  boolean movedOn(long itemId, LocalDate day) {
    return items.get(itemId).stream().anyMatch(move -> move.date().equals(day));
  }

  BigDecimal additionsOn(long itemId, LocalDate day) {
    return new BigDecimal(sum(itemId, move -> move.date().equals(day) && move.increment() > 0));
  }

  BigDecimal removalsOn(long itemId, LocalDate day) {
    return new BigDecimal(
        sum(itemId, move -> move.date().equals(day) && move.increment() < 0).negate());
  }

  long movesOn(long itemId, LocalDate day) {
    return items.get(itemId).stream().filter(move -> move.date().equals(day)).count();
  }

  /** How many moves the item has, and how many it had when the last dated up to a day was made. */
  long moves(long itemId) {
    return items.get(itemId).size();
  }

  long lastNumberUpTo(long itemId, LocalDate day) {
    List<ModelMove> moves = items.get(itemId);
    for (int number = moves.size(); number > 0; number--) {
      if (!moves.get(number - 1).date().isAfter(day)) {
        return number;
      }
    }
    return 0;
  }

  /** Returns the later days that have the lowest stock, if the day has more. */
  private Optional<LaterLimit> limit(long itemId, LocalDate day, long lowest) {
    BigInteger ofDay = sum(itemId, move -> !move.date().isAfter(day));
    if (ofDay.equals(BigInteger.valueOf(lowest))) {
      return Optional.empty();
    }
    List<LocalDate> later =
        items.get(itemId).stream()
            .map(ModelMove::date)
            .filter(day::isBefore)
            .distinct()
            .sorted()
            .toList();
    LocalDate from =
        later.stream()
            .filter(
                date ->
                    sum(itemId, move -> !move.date().isAfter(date))
                        .equals(BigInteger.valueOf(lowest)))
            .findFirst()
            .orElseThrow();
    Optional<LocalDate> next =
        later.stream()
            .filter(date -> date.isAfter(from))
            .filter(
                date ->
                    !sum(itemId, move -> !move.date().isAfter(date))
                        .equals(BigInteger.valueOf(lowest)))
            .findFirst();
    return Optional.of(
        new LaterLimit(new BigDecimal(ofDay), from, next.map(date -> date.minusDays(1))));
  }

  private long availableFrom(long itemId, LocalDate day) {
    return Stream.concat(Stream.of(day), items.get(itemId).stream().map(ModelMove::date))
        .filter(date -> !date.isBefore(day))
        .map(date -> sum(itemId, move -> !move.date().isAfter(date)))
        .min(Comparator.naturalOrder())
        .orElseThrow()
        .longValueExact();
  }

  /** The stock of a day may exceed BIGINT if a removal on a later day made room for an addition. */
  private BigInteger sum(long itemId, Predicate<ModelMove> which) {
    return items.get(itemId).stream()
        .filter(which)
        .map(move -> BigInteger.valueOf(move.increment()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
