package io.stockledger.ledger.transfer;

import io.stockledger.ledger.AppendRule;
import io.stockledger.ledger.Decision;
import io.stockledger.ledger.LatestMove;
import io.stockledger.ledger.StandingRequest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the lines that an earlier run of the file may have refused, so that a run after a killed
 * one, and the same file once more, result in what one run results in. It has no SQL: it tells from
 * the numbers of the moves that are made.
 *
 * <p>A refusal is not recorded. So if a later line of the item is made, a line that is not made is
 * first decided at its place: the <em>place</em> of a line is the number of the item's move right
 * after which the line comes in the order of the file, which is the move of the last made line
 * before it. At that place the rule refuses again what it refused then, although the stock may now
 * be enough. A line that the rule accepts at its place was never refused there: single commands
 * made the later line, for example. It is left open and decided on the latest move, as any other
 * line is.
 */
final class EarlierRun {
  private static final long UNKNOWN = -1;

  private final MadeLines made;
  private final ItemStates states;

  EarlierRun(MadeLines made, ItemStates states) {
    this.made = made;
    this.states = states;
  }

  /** A line that is not made, and its place: the number of the move right before it. */
  record PlacedLine(MoveLine line, long place) {

    /** Whether the rule needs the increments of days after that of the line. */
    boolean needsLaterDays(LatestMove atPlace) {
      return line.move().increment() < 0 && line.asked().date().isBefore(atPlace.bookDate());
    }

    /**
     * Returns how an earlier run refused the line; empty if it did not refuse it.
     *
     * @param atPlace the item's move at the place
     * @param laterDays the sums of the days after that of the line, among the moves up to the place
     */
    Optional<Decision> refusal(LatestMove atPlace, Map<LocalDate, BigDecimal> laterDays) {
      Decision decision =
          AppendRule.decide(
                  Map.of(atPlace.itemId(), atPlace),
                  Map.of(atPlace.itemId(), laterDays),
                  Map.of(),
                  List.of(line.asked()))
              .decisions()
              .get(0);
      return Optional.of(decision).filter(refusal -> !refusal.isFinal());
    }
  }

  /**
   * Returns the lines of an item that an earlier run may have refused: they are not made, and a
   * later line is.
   *
   * @param lines in the order of the file
   * @param madeMoves the moves in the ledger, by request id
   * @param placesReached by item, the number of the latest move when the first try on the lines
   *     began, or of the move of the last line before them that is done
   */
  List<PlacedLine> mayBeRefused(
      long itemId,
      List<MoveLine> lines,
      Map<String, StandingRequest> madeMoves,
      Map<Long, Long> placesReached) {
    long place = placeBefore(itemId, lines, madeMoves, placesReached);
    if (place == UNKNOWN) {
      return List.of();
    }
    long[] numbers = numbers(lines, madeMoves);
    long lastLine = Math.max(made.lastLine(itemId), lastMadeInOrder(lines, numbers, place));
    List<PlacedLine> placed = new ArrayList<>();
    for (int i = 0; i < numbers.length && lines.get(i).number() <= lastLine; i++) {
      if (isNext(numbers, i, place)) {
        place = numbers[i];
      }
      if (!madeMoves.containsKey(lines.get(i).requestId())) {
        placed.add(new PlacedLine(lines.get(i), place));
      }
    }
    return placed;
  }

  /** Records that the lines of a chunk are done. */
  void pass(Chunk chunk, Map<String, StandingRequest> madeMoves) {
    chunk
        .linesOfItem()
        .forEach(
            (itemId, lines) ->
                made.passed(itemId, placeAfter(lines, madeMoves, made.place(itemId))));
  }

  /**
   * Returns the place after some lines of an item.
   *
   * @param madeMoves the moves in the ledger, by request id
   * @param placeBefore the place of the first line
   */
  static long placeAfter(
      List<MoveLine> lines, Map<String, StandingRequest> madeMoves, long placeBefore) {
    long[] numbers = numbers(lines, madeMoves);
    long place = placeBefore;
    for (int i = 0; i < numbers.length; i++) {
      place = isNext(numbers, i, place) ? numbers[i] : place;
    }
    return place;
  }

  /** Returns the numbers of the moves of the lines; 0 for a line that is not made. */
  private static long[] numbers(List<MoveLine> lines, Map<String, StandingRequest> madeMoves) {
    long[] numbers = new long[lines.size()];
    for (int i = 0; i < numbers.length; i++) {
      StandingRequest made = madeMoves.get(lines.get(i).requestId());
      if (made != null && made.request().asksForTheSameAs(lines.get(i).asked())) {
        numbers[i] = made.moveNos().get(0);
      }
    }
    return numbers;
  }

  /**
   * Whether the move of a line was made in the order of the file. Another command may have made it
   * before the place that is reached, or after moves of later lines, which then have lower numbers.
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
   * Returns the place of the first line: as the ledger was before the run, or as this run made it.
   * If another run makes the same file at the same time, that is the number before the first move
   * which that run made.
   */
  private long placeBefore(
      long itemId,
      List<MoveLine> lines,
      Map<String, StandingRequest> madeMoves,
      Map<Long, Long> placesReached) {
    Optional<Long> reached =
        Optional.ofNullable(placesReached.get(itemId))
            .or(() -> states.of(itemId).map(state -> state.latest().moveNo()));
    if (reached.isPresent()) {
      return made.lastLine(itemId) > lines.get(0).number()
          ? Math.min(made.place(itemId), reached.get())
          : reached.get();
    }
    if (made.lastLine(itemId) > 0) {
      return made.place(itemId);
    }
    if (!states.isNew(itemId)) {
      return UNKNOWN;
    }
    return lines.stream()
        .map(line -> madeMoves.get(line.requestId()))
        .filter(made -> made != null && made.request().lines().get(0).itemId() == itemId)
        .mapToLong(made -> made.moveNos().get(0) - 1)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** Returns the last line that was made in the order of the file; 0 if there is none. */
  private static long lastMadeInOrder(List<MoveLine> lines, long[] numbers, long placeBefore) {
    long lastLine = 0;
    long place = placeBefore;
    for (int i = 0; i < numbers.length; i++) {
      if (isNext(numbers, i, place)) {
        place = numbers[i];
        lastLine = lines.get(i).number();
      }
    }
    return lastLine;
  }
}
