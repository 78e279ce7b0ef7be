package io.stockledger.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A plain model of what the ledger must do: a list of moves for each item. */
final class ModelLedger {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Map<Long, List<Move>> items = new HashMap<>();
  private final Map<String, Move> requests = new HashMap<>();

  void addItem(long itemId) {
    items.put(itemId, new ArrayList<>());
  }

  /** The answer to a request for a move. */
  sealed interface Answer {}

  record Done() implements Answer {}

  record NotEnough(long available, Optional<LaterLimit> limit) implements Answer {}

  record ReusedRequestId() implements Answer {}

  record TooLarge() implements Answer {}

  Answer move(Move asked) {
    Move first = requests.get(asked.requestId());
    if (first != null) {
      return first.equals(asked) ? new Done() : new ReusedRequestId();
    }
    if (asked.increment() < 0) {
      long available = availableFrom(asked.itemId(), asked.date());
      if (available < -asked.increment()) {
        return new NotEnough(available, limit(asked.itemId(), asked.date(), available));
      }
    } else if (sum(asked.itemId(), move -> true).add(units(asked)).compareTo(MOST) > 0) {
      return new TooLarge();
    }
    requests.put(asked.requestId(), asked);
    items.get(asked.itemId()).add(asked);
    return new Done();
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
    List<Move> moves = items.get(itemId);
    for (int number = moves.size(); number > 0; number--) {
      if (!moves.get(number - 1).date().isAfter(day)) {
        return number;
      }
    }
    return 0;
  }

  /** The move that reverses the move of a request, if that was made. */
  Optional<Move> reversal(String requestId, String reversalId) {
    return Optional.ofNullable(requests.get(requestId))
        .map(first -> new Move(first.itemId(), -first.increment(), first.date(), reversalId));
  }

  /** Returns the later days that have the lowest stock, if the day has more. */
  private Optional<LaterLimit> limit(long itemId, LocalDate day, long lowest) {
    BigInteger ofDay = sum(itemId, move -> !move.date().isAfter(day));
    if (ofDay.equals(BigInteger.valueOf(lowest))) {
      return Optional.empty();
    }
    List<LocalDate> later =
        items.get(itemId).stream()
            .map(Move::date)
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
    return Stream.concat(Stream.of(day), items.get(itemId).stream().map(Move::date))
        .filter(date -> !date.isBefore(day))
        .map(date -> sum(itemId, move -> !move.date().isAfter(date)))
        .min(Comparator.naturalOrder())
        .orElseThrow()
        .longValueExact();
  }

  /** The stock of a day may exceed BIGINT if a removal on a later day made room for an addition. */
  private BigInteger sum(long itemId, Predicate<Move> which) {
    return items.get(itemId).stream()
        .filter(which)
        .map(ModelLedger::units)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger units(Move move) {
    return BigInteger.valueOf(move.increment());
  }
}
