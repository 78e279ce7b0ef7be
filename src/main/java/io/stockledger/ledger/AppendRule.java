package io.stockledger.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
  public record Verdict(List<Decision> decisions, List<NumberedMove> moves, LatestMove latest) {}

  /**
   * Decides requests for moves of one item.
   *
   * @param latest the item's latest move
   * @param laterDays the sum of the increments of each day after the earliest day of the requests,
   *     among the moves up to the latest; may be empty if no move is dated after that day
   * @param standing the moves in the ledger that have the request id of one of the requests
   * @param requests in the order of arrival
   */
  public static Verdict decide(
      LatestMove latest,
      Map<LocalDate, BigDecimal> laterDays,
      Map<String, Move> standing,
      List<Move> requests) {
    AppendRule rule = new AppendRule(latest, laterDays, standing);
    List<Decision> decisions = requests.stream().map(rule::decide).toList();
    return new Verdict(decisions, rule.appended, rule.latest);
  }

  private Decision decide(Move asked) {
    Move first = moveOfRequest.get(asked.requestId());
    if (first != null) {
      return Decision.ofStanding(first, asked);
    }
    if (asked.increment() < 0) {
      long available = availableFrom(asked.date());
      if (available < -asked.increment()) {
        return new Decision.NotEnough(available);
      }
    } else if (latest.stockAfter() > Long.MAX_VALUE - asked.increment()) {
      return new Decision.TooLarge();
    }
    append(asked);
    return new Decision.Accepted();
  }

  /** Returns the lowest stock at the end of the day or of any later day (invariant 4). */
  private long availableFrom(LocalDate day) {
    BigDecimal endOfDay = BigDecimal.valueOf(latest.stockAfter());
    BigDecimal lowest = endOfDay;
    for (BigDecimal increment : incrementOfDay.tailMap(day, false).descendingMap().values()) {
      endOfDay = endOfDay.subtract(increment);
      lowest = lowest.min(endOfDay);
    }
    return lowest.longValueExact();
  }

  private void append(Move move) {
    latest = latest.followedBy(move);
    appended.add(new NumberedMove(move, latest));
    moveOfRequest.put(move.requestId(), move);
    incrementOfDay.merge(move.date(), BigDecimal.valueOf(move.increment()), BigDecimal::add);
  }
}
