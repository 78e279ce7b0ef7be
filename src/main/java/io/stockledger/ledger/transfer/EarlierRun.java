package io.stockledger.ledger.transfer;

import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.lines.FileRequest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the requests that an earlier run of the file may have refused, so that a run after a killed
 * one, and the same file once more, result in what one run results in. It has no SQL: it tells from
 * the numbers of the moves that are made.
 *
 * <p>A refusal is not recorded. So if a later request of one of its items is made, a request that
 * is not made is first decided at its place: the <em>place</em> of a request in an item is the
 * number of the item's move right after which the request comes in the order of the file, which is
 * the move of the last made request before it. At that place the rule refuses again what it refused
 * then, although the stock may now be enough. A request that is not short there was never refused
 * for this item: single commands made the later request, for example. It is left open and decided
 * on the latest moves, as any other request is.
 *
 * <p>Of an item without a later made request nothing is asked at a place: no later line of the file
 * can have brought stock to it, so its latest move decides.
 */
final class EarlierRun {
  private static final long UNKNOWN = -1;

  private final MadeLines made;
  private final ItemStates states;

  EarlierRun(MadeLines made, ItemStates states) {
    this.made = made;
    this.states = states;
  }

  /**
   * A request that is not made, although a later one of some of its items is.
   *
   * @param places by item, the number of the move right before the request, as far as it is known
   * @param beforeMade its items with a later request that is made
   */
  record PlacedRequest(FileRequest request, Map<Long, Long> places, List<Long> beforeMade) {

    boolean removes(long itemId) {
      return request.removes(itemId);
    }

    /**
     * Returns how an earlier run refused the request; empty if it did not refuse it.
     *
     * @param latest by item, the move at the place, or the latest move if the place is not known
     * @param laterDays by item, the sums of the days after that of the request, among the moves up
     *     to this one
     */
    Optional<Decision> refusal(
        Map<Long, LatestMove> latest, Map<Long, Map<LocalDate, BigDecimal>> laterDays) {
      for (long itemId : beforeMade) {
        LatestMove atPlace = latest.get(itemId);
        if (atPlace != null
            && !decide(Map.of(itemId, atPlace), laterDays, linesOf(itemId)).isFinal()) {
          // What else is short is told as well.
          return Optional.of(decide(latest, laterDays, request.asked()));
        }
      }
      return Optional.empty();
    }

    private Request linesOf(long itemId) {
      Request asked = request.asked();
      return asked.hasOneLine()
          ? asked
          : new Request(
              asked.id(),
              asked.date(),
              asked.note(),
              asked.lines().stream().filter(line -> line.itemId() == itemId).toList());
    }

    private static Decision decide(
        Map<Long, LatestMove> latest,
        Map<Long, Map<LocalDate, BigDecimal>> laterDays,
        Request asked) {
      return AppendRule.decide(latest, laterDays, Map.of(), List.of(asked)).decisions().get(0);
    }
  }

  /**
   * Returns the requests that an earlier run may have refused: they are not made, and a later one
   * of some of their items is.
   *
   * @param madeRequests the requests in the ledger, by id
   * @param placesReached by item, the number of the latest move when the first try on the requests
   *     began, or of the move of the last request before them that is done
   */
  List<PlacedRequest> mayBeRefused(
      Chunk chunk, Map<String, StandingRequest> madeRequests, Map<Long, Long> placesReached) {
    if (madeRequests.isEmpty() && made.isEmpty()) {
      return List.of();
    }
    Map<Long, PlacedRequest> placed = new LinkedHashMap<>();
    chunk
        .requestsOfItem()
        .forEach(
            (itemId, requests) -> {
              for (ItemPlace place : places(itemId, requests, madeRequests, placesReached)) {
                PlacedRequest request =
                    placed.computeIfAbsent(
                        place.request().number(),
                        number ->
                            new PlacedRequest(place.request(), new HashMap<>(), new ArrayList<>()));
                request.places().put(itemId, place.moveNo());
                if (place.isBeforeMade()) {
                  request.beforeMade().add(itemId);
                }
              }
            });
    return placed.values().stream().filter(request -> !request.beforeMade().isEmpty()).toList();
  }

  /** The place in one item of a request that is not made. */
  private record ItemPlace(FileRequest request, long moveNo, boolean isBeforeMade) {}

  private List<ItemPlace> places(
      long itemId,
      List<FileRequest> requests,
      Map<String, StandingRequest> madeRequests,
      Map<Long, Long> placesReached) {
    long place = placeBefore(itemId, requests, madeRequests, placesReached);
    if (place == UNKNOWN) {
      return List.of();
    }
    long[] numbers = numbers(itemId, requests, madeRequests);
    long lastMade = Math.max(made.lastLine(itemId), lastMadeInOrder(requests, numbers, place));
    List<ItemPlace> places = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      if (isNext(numbers, i, place)) {
        place = numbers[i];
      }
      FileRequest request = requests.get(i);
      boolean isBeforeMade = request.number() <= lastMade;
      // Behind the last made one a request of several items may be before a made one of another.
      if ((isBeforeMade || !request.asked().hasOneLine())
          && !madeRequests.containsKey(request.requestId())) {
        places.add(new ItemPlace(request, place, isBeforeMade));
      }
    }
    return places;
  }

  /** Records that the requests of a chunk are done. */
  void pass(Chunk chunk, Map<String, StandingRequest> madeRequests) {
    chunk
        .requestsOfItem()
        .forEach(
            (itemId, requests) ->
                made.passed(
                    itemId, placeAfter(itemId, requests, madeRequests, made.place(itemId))));
  }

  /**
   * Returns the place after some requests of an item.
   *
   * @param madeRequests the requests in the ledger, by id
   * @param placeBefore the place of the first request
   */
  static long placeAfter(
      long itemId,
      List<FileRequest> requests,
      Map<String, StandingRequest> madeRequests,
      long placeBefore) {
    long[] numbers = numbers(itemId, requests, madeRequests);
    long place = placeBefore;
    for (int i = 0; i < numbers.length; i++) {
      place = isNext(numbers, i, place) ? numbers[i] : place;
    }
    return place;
  }

  /**
   * Returns the numbers of the item's moves of the requests, of several lines the last one; 0 for a
   * request that is not made. The moves of one request in one item have numbers without a gap.
   */
  private static long[] numbers(
      long itemId, List<FileRequest> requests, Map<String, StandingRequest> madeRequests) {
    long[] numbers = new long[requests.size()];
    for (int i = 0; i < numbers.length; i++) {
      StandingRequest standing = madeRequests.get(requests.get(i).requestId());
      if (standing != null && standing.request().asksForTheSameAs(requests.get(i).asked())) {
        numbers[i] = lastNumber(itemId, standing);
      }
    }
    return numbers;
  }

  private static long lastNumber(long itemId, StandingRequest standing) {
    int line = standing.moveNos().size() - 1;
    while (standing.request().lines().get(line).itemId() != itemId) {
      line--;
    }
    return standing.moveNos().get(line);
  }

  /** Returns the number of the first move of a request in an item; empty if it has none there. */
  private static OptionalLong firstNumber(long itemId, StandingRequest standing) {
    for (int line = 0; line < standing.moveNos().size(); line++) {
      if (standing.request().lines().get(line).itemId() == itemId) {
        return OptionalLong.of(standing.moveNos().get(line));
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Whether the move of a request was made in the order of the file. Another command may have made
   * it before the place that is reached, or after moves of later requests, which then have lower
   * numbers.
   */
  private static boolean isNext(long[] numbers, int index, long place) {
    long number = numbers[index];
    if (number <= place) {
      return false;
    }
    for (int later = index + 1; later < numbers.length; later++) {
      if (numbers[later] > place && numbers[later] < number) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the place of the first request: as the ledger was before the run, or as this run made
   * it. If another run makes the same file at the same time, that is the number before the first
   * move which that run made.
   */
  private long placeBefore(
      long itemId,
      List<FileRequest> requests,
      Map<String, StandingRequest> madeRequests,
      Map<Long, Long> placesReached) {
    Optional<Long> reached =
        Optional.ofNullable(placesReached.get(itemId))
            .or(() -> states.of(itemId).map(state -> state.latest().moveNo()));
    if (reached.isPresent()) {
      return made.lastLine(itemId) > requests.get(0).number()
          ? Math.min(made.place(itemId), reached.get())
          : reached.get();
    }
    if (made.lastLine(itemId) > 0) {
      return made.place(itemId);
    }
    if (!states.isNew(itemId)) {
      return UNKNOWN;
    }
    for (FileRequest request : requests) {
      StandingRequest standing = madeRequests.get(request.requestId());
      OptionalLong first = standing == null ? OptionalLong.empty() : firstNumber(itemId, standing);
      if (first.isPresent()) {
        return first.getAsLong() - 1;
      }
    }
    return UNKNOWN;
  }

  /** Returns the last request that was made in the order of the file; 0 if there is none. */
  private static long lastMadeInOrder(
      List<FileRequest> requests, long[] numbers, long placeBefore) {
    long lastMade = 0;
    long place = placeBefore;
    for (int i = 0; i < numbers.length; i++) {
      if (isNext(numbers, i, place)) {
        place = numbers[i];
        lastMade = requests.get(i).number();
      }
    }
    return lastMade;
  }
}
