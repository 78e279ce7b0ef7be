package io.stockledger.ledger.rule;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger's rule: a pure function, without SQL and without a clock, that decides requests one
 * after another, given the latest moves of their items. Single commands, groups and the
 * one-statement removal all answer as it does, and so does an import.
 */
public final class AppendRule {
  private final Map<Long, RunningStock> stockOfItem = new HashMap<>();
  private final Map<String, Request> requestOfId;
  private final Map<String, HoldState> holds;
  private final List<NumberedMove> appended = new ArrayList<>();
  private final List<Request> beside = new ArrayList<>();

  private AppendRule(
      Map<Long, LatestMove> latest,
      Map<Long, ? extends Map<LocalDate, BigDecimal>> laterDays,
      Map<String, Request> standing,
      Map<String, HoldState> holds) {
    latest.forEach(
        (itemId, move) -> {
          Map<LocalDate, BigDecimal> days = laterDays.get(itemId);
          stockOfItem.put(itemId, new RunningStock(move, days == null ? Map.of() : days));
        });
    this.requestOfId = new HashMap<>(standing);
    this.holds = new HashMap<>(holds);
  }

  /**
   * A move to append.
   *
   * @param lineNo which line of the request it is: 1, 2, 3 …
   * @param after its number, the stock after it and its book date
   */
  public record NumberedMove(Request request, int lineNo, LatestMove after) {

    public RequestLine line() {
      return request.lines().get(lineNo - 1);
    }
  }

  /**
   * The decisions on some requests.
   *
   * @param decisions one for each request, in their order
   * @param moves the moves to append, those of an item numbered without a gap after its latest move
   * @param latest by item, the latest move once they are appended
   * @param beside the accepted requests that write something beside moves, in their order
   */
  public record Decided(
      List<Decision> decisions,
      List<NumberedMove> moves,
      Map<Long, LatestMove> latest,
      List<Request> beside) {

    /**
     * Returns the items whose refusals the append does not prove: a refusal rests on the latest
     * move of the item, and no move is appended to the item, so that no unique key shows that this
     * move is still the latest. Such a latest move must have been read for the requests.
     */
    public Set<Long> itemsToRead() {
      Set<Long> items = new HashSet<>();
      decisions.forEach(decision -> items.addAll(decision.restsOn()));
      moves.forEach(move -> items.remove(move.after().itemId()));
      return items;
    }
  }

  /** Decides requests for moves and holds, as {@link #decide(Map, Map, Map, Map, List)} does. */
  public static Decided decide(
      Map<Long, LatestMove> latest,
      Map<Long, ? extends Map<LocalDate, BigDecimal>> laterDays,
      Map<String, Request> standing,
      List<Request> requests) {
    return decide(latest, laterDays, standing, Map.of(), requests);
  }

  /**
   * Decides requests.
   *
   * @param latest the latest moves of the items, by item; an item that is not there is unknown
   * @param laterDays by item, the sum of the increments of each day after the earliest day of the
   *     requests, among the moves up to the latest; may be empty for an item of which no move is
   *     dated after that day
   * @param standing the requests in the ledger that have the id of one of the requests
   * @param holds by request id, the holds in the ledger that one of the requests would end
   * @param requests in the order of arrival
   */
  public static Decided decide(
      Map<Long, LatestMove> latest,
      Map<Long, ? extends Map<LocalDate, BigDecimal>> laterDays,
      Map<String, Request> standing,
      Map<String, HoldState> holds,
      List<Request> requests) {
    AppendRule rule = new AppendRule(latest, laterDays, standing, holds);
    List<Decision> decisions = requests.stream().map(rule::decide).toList();
    Map<Long, LatestMove> after = new LinkedHashMap<>();
    latest.keySet().forEach(itemId -> after.put(itemId, rule.stockOfItem.get(itemId).latest()));
    return new Decided(decisions, rule.appended, after, rule.beside);
  }

  private Decision decide(Request request) {
    if (request.purpose() instanceof Purpose.HoldEnd end) {
      Optional<Decision> answer = answerTo(end, holds);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return decideMoves(request);
  }

  /** Returns the answer to a request that would end a hold; empty if it may. */
  public static Optional<Decision> answerTo(Purpose.HoldEnd end, Map<String, HoldState> holds) {
    HoldState hold = holds.get(end.holdId());
    return hold == null ? Optional.of(new Decision.NoSuchHold(end.holdId())) : hold.answerTo(end);
  }

  private Decision decideMoves(Request request) {
    Request first = requestOfId.get(request.id());
    if (first != null && request.hasIdOfItsOwn()) {
      return Decision.ofStanding(first, request);
    }
    for (RequestLine line : request.lines()) {
      if (!stockOfItem.containsKey(line.itemId())) {
        return new Decision.NoSuchItem(line.itemId());
      }
    }
    Map<Long, ItemNeed> needs = ItemNeed.ofItems(request.lines());
    List<Shortage> shortages = new ArrayList<>();
    needs.forEach(
        (itemId, need) ->
            stockOfItem
                .get(itemId)
                .shortage(request.date(), need.units())
                .ifPresent(shortages::add));
    if (!shortages.isEmpty()) {
      return new Decision.NotEnough(List.copyOf(shortages));
    }
    for (Map.Entry<Long, ItemNeed> need : needs.entrySet()) {
      if (!stockOfItem.get(need.getKey()).hasRoomFor(need.getValue().room())) {
        return new Decision.TooLarge(need.getKey());
      }
    }
    append(request);
    return new Decision.Accepted(false, request.purpose());
  }

  private void append(Request request) {
    for (int i = 0; i < request.lines().size(); i++) {
      RequestLine line = request.lines().get(i);
      LatestMove after = stockOfItem.get(line.itemId()).append(line.increment(), request.date());
      appended.add(new NumberedMove(request, i + 1, after));
    }
    if (request.hasIdOfItsOwn()) {
      requestOfId.put(request.id(), asStored(request));
    }
    if (!request.isForMovesOnly()) {
      beside.add(request);
    }
    if (request.purpose() instanceof Purpose.Hold) {
      holds.put(request.id(), HoldState.OPEN);
    }
    if (request.purpose() instanceof Purpose.HoldEnd end) {
      holds.put(end.holdId(), HoldState.ended(end.outcome()));
    }
  }

  /** A look-up finds a request so: the moves of a release are moves like any other. */
  private static Request asStored(Request request) {
    return request.purpose() instanceof Purpose.HoldEnd
        ? request.with(new Purpose.Moves())
        : request;
  }
}
