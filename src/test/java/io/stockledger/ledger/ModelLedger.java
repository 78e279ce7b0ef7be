package io.stockledger.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the ledger should do, as plainly as it can be said: a list of moves for each item. */
final class ModelLedger {
  private final Map<Long, List<Move>> items = new HashMap<>();
  private final Map<String, Move> requests = new HashMap<>();

  void addItem(long itemId) {
    items.put(itemId, new ArrayList<>());
  }

  /** What asking for a move comes to. */
  sealed interface Answer {}

  record Done() implements Answer {}

  record NotEnough(long available) implements Answer {}

  record ReusedRequestId() implements Answer {}

  Answer move(Move asked) {
    Move first = requests.get(asked.requestId());
    if (first != null) {
      return first.equals(asked) ? new Done() : new ReusedRequestId();
    }
    if (asked.increment() < 0) {
      long available = availableFrom(asked.itemId(), asked.date());
      if (available < -asked.increment()) {
        return new NotEnough(available);
      }
    }
    requests.put(asked.requestId(), asked);
    items.get(asked.itemId()).add(asked);
    return new Done();
  }

  long stockAt(long itemId, LocalDate day) {
    return items.get(itemId).stream()
        .filter(move -> !move.date().isAfter(day))
        .mapToLong(Move::increment)
        .sum();
  }

  boolean movedOn(long itemId, LocalDate day) {
    return items.get(itemId).stream().anyMatch(move -> move.date().equals(day));
  }

  long movementsOn(long itemId, LocalDate day) {
    return items.get(itemId).stream()
        .filter(move -> move.date().equals(day))
        .mapToLong(Move::increment)
        .sum();
  }

  private long availableFrom(long itemId, LocalDate day) {
    return items.get(itemId).stream()
        .map(Move::date)
        .filter(date -> date.isAfter(day))
        .mapToLong(date -> stockAt(itemId, date))
        .reduce(stockAt(itemId, day), Math::min);
  }
}
