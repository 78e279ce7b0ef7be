package io.stockledger.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ledger's rule: a pure function, without SQL and without a clock, that decides requests one
 * after another, given the item's latest move. Single commands, groups and the one-statement
 * removal all answer as it does, and so does an import.
 */
public final class AppendRule {
  private final NavigableMap<LocalDate, BigDecimal> incrementOfDay;
  private final Map<String, Move> moveOfRequest;
  private final List<NumberedMove> appended = new ArrayList<>();
  private LatestMove latest;

  private AppendRule(
      LatestMove latest, Map<LocalDate, BigDecimal> laterDays, Map<String, Move> standing) {
    this.latest = latest;
    this.incrementOfDay = new TreeMap<>(laterDays);
    this.moveOfRequest = new HashMap<>(standing);
  }

  /**
   * A move to append.
   *
   * @param after its number, the stock after it and its book date
   */
  public record NumberedMove(Move move, LatestMove after) {}

  /**
   * The decisions on some requests.
   *
   * @param decisions one for each request, in their order
   * @param moves the moves to append, numbered without a gap after the latest move
   * @param latest the item's latest move once they are appended
   */
  public record Decided(List<Decision> decisions, List<NumberedMove> moves, LatestMove latest) {}

  /**
   * Decides requests for moves of one item.
   *
   * @param latest the item's latest move
   * @param laterDays the sum of the increments of each day after the earliest day of the requests,
   *     among the moves up to the latest; may be empty if no move is dated after that day
   * @param standing the moves in the ledger that have the request id of one of the requests
   * @param requests in the order of arrival
   */
  public static Decided decide(
      LatestMove latest,
      Map<LocalDate, BigDecimal> laterDays,
      Map<String, Move> standing,
      List<Move> requests) {
    AppendRule rule = new AppendRule(latest, laterDays, standing);
    List<Decision> decisions = requests.stream().map(rule::decide).toList();
    return new Decided(decisions, rule.appended, rule.latest);
  }

  private Decision decide(Move asked) {
    Move first = moveOfRequest.get(asked.requestId());
    if (first != null) {
      return Decision.ofStanding(first, asked);
    }
    if (asked.increment() < 0) {
      Decision.NotEnough available = availableFrom(asked.date());
      if (available.available() < -asked.increment()) {
        return available;
      }
    } else if (latest.stockAfter() > Long.MAX_VALUE - asked.increment()) {
      return new Decision.TooLarge();
    }
    append(asked);
    return new Decision.Accepted(false);
  }

  /**
   * Returns the lowest stock at the end of the day or of any later day (invariant 4), and on which
   * later days the stock is that low if the day itself has more.
   */
  private Decision.NotEnough availableFrom(LocalDate day) {
    NavigableMap<LocalDate, BigDecimal> later = incrementOfDay.tailMap(day, false);
    BigDecimal endOfDay = BigDecimal.valueOf(latest.stockAfter());
    BigDecimal lowest = endOfDay;
    LocalDate from = later.isEmpty() ? day : later.lastKey();
    for (Map.Entry<LocalDate, BigDecimal> increment : later.descendingMap().entrySet()) {
      endOfDay = endOfDay.subtract(increment.getValue());
      if (endOfDay.compareTo(lowest) <= 0) {
        lowest = endOfDay;
        LocalDate before = later.lowerKey(increment.getKey());
        from = before == null ? day : before;
      }
    }
    LocalDate after = later.higherKey(from);
    while (after != null && later.get(after).signum() == 0) {
      after = later.higherKey(after);
    }
    return new Decision.NotEnough(
        lowest.longValueExact(),
        from.equals(day)
            ? Optional.empty()
            : Optional.of(
                new LaterLimit(
                    endOfDay, from, Optional.ofNullable(after).map(next -> next.minusDays(1)))));
  }

  private void append(Move move) {
    latest = latest.followedBy(move);
    appended.add(new NumberedMove(move, latest));
    moveOfRequest.put(move.requestId(), move);
    incrementOfDay.merge(move.date(), BigDecimal.valueOf(move.increment()), BigDecimal::add);
  }
}
