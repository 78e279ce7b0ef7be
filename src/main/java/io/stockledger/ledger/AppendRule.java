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
 * The ledger's rule: what requests result in, decided one after the other, given where the item's
 * ledger ends. A pure function, without SQL and without a clock. Single commands, groups and the
 * one-statement removal all answer as it does.
 */
final class AppendRule {
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
   * @param after where the item's ledger ends with it: its number, stock and book date
   */
  record NumberedMove(Move move, LatestMove after) {}

  /**
   * What the requests result in.
   *
   * @param decisions one for each request, in their order
   * @param moves what to append, numbered without a gap from the latest move on
   * @param latest where the item's ledger ends after them
   */
  record Verdict(List<Decision> decisions, List<NumberedMove> moves, LatestMove latest) {}

  /**
   * Decides requests for moves of one item.
   *
   * @param latest the item's latest move
   * @param laterDays the sum of the increments of each day after the earliest day that is asked
   *     for, among the moves up to the latest; may be empty if no move is dated after that day
   * @param standing the moves that are in the ledger already, by the request ids asked for
   * @param requests in the order of arrival
   */
  static Verdict decide(
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

  /** Invariant 4: the lowest stock at the end of the day or of any later day. */
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
