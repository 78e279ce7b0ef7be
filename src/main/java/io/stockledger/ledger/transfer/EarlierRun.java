package io.stockledger.ledger.transfer;

import io.stockledger.ledger.AppendRule;
import io.stockledger.ledger.Decision;
import io.stockledger.ledger.LatestMove;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses the lines that an earlier run of the file refused, so that a run after a killed one, and
 * the same file once more, result in what one run results in.
 *
 * <p>A refusal is not recorded. So if a later line of the item is made, a line that is not made is
 * first decided at its place in the order of the file: right after the last made line before it. At
 * that place the rule refuses again what it refused then, although the stock may now be enough. A
 * line that the rule accepts at its place was never refused there: single commands made the later
 * line, for example. It is left open and decided on the latest move, as any other line is.
 */
final class EarlierRun {
  private static final long NOWHERE = -1;

  private final MadeLines made;
  private final ItemStates states;

  EarlierRun(MadeLines made, ItemStates states) {
    this.made = made;
    this.states = states;
  }

  /**
   * Decides the lines of an item that were refused before.
   *
   * @param lines in the order of the file
   * @param numbersAtStart the numbers of the latest moves when the first try on the lines began
   * @return the lines that are left open
   */
  List<PendingLine> decide(
      Connection connection,
      long itemId,
      List<PendingLine> lines,
      Map<String, MadeMove> standing,
      Map<Long, Long> numbersAtStart)
      throws SQLException {
    if (standing.isEmpty() && made.lastLine(itemId) == 0) {
      return lines;
    }
    long place = placeBefore(itemId, lines, standing, numbersAtStart);
    long[] numbers = numbers(lines, standing);
    long lastLine = Math.max(made.lastLine(itemId), lastLine(lines, numbers, place));
    List<PendingLine> open = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      PendingLine line = lines.get(i);
      if (isNext(numbers, i, place)) {
        place = numbers[i];
      }
      if (standing.containsKey(line.requestId())
          || line.line().number() > lastLine
          || place == NOWHERE
          || !isRefusedAt(connection, place, line)) {
        open.add(line);
      }
    }
    return open;
  }

  /** Records that the lines of a batch are done. */
  void pass(Batch batch, Map<String, MadeMove> standing) {
    batch
        .linesOfItem()
        .forEach(
            (itemId, lines) -> {
              if (made.lastLine(itemId) > 0) {
                made.passed(itemId, placeAfter(numbers(lines, standing), made.place(itemId)));
              }
            });
  }

  /**
   * Moves the numbers at the start of some lines behind the first of them, which are done.
   *
   * @param madeMoves of the lines that are done
   */
  static void pass(Batch batch, Map<String, MadeMove> madeMoves, Map<Long, Long> numbersAtStart) {
    batch
        .linesOfItem()
        .forEach(
            (itemId, lines) ->
                numbersAtStart.computeIfPresent(
                    itemId, (item, number) -> placeAfter(numbers(lines, madeMoves), number)));
  }

  private static long placeAfter(long[] numbers, long placeBefore) {
    long place = placeBefore;
    for (int i = 0; i < numbers.length; i++) {
      place = isNext(numbers, i, place) ? numbers[i] : place;
    }
    return place;
  }

  /** Returns the numbers of the moves of the lines; 0 for a line that is not made. */
  private static long[] numbers(List<PendingLine> lines, Map<String, MadeMove> standing) {
    long[] numbers = new long[lines.size()];
    for (int i = 0; i < numbers.length; i++) {
      MadeMove move = standing.get(lines.get(i).requestId());
      if (move != null && move.move().equals(lines.get(i).asked())) {
        numbers[i] = move.moveNo();
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
    if (number == 0 || place == NOWHERE || number <= place) {
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
   * Returns the number of the last move of the item before the first line: as the file was before
   * the run, or as this run made it. If another run makes the same file at the same time, that is
   * the number before the first move which that run made.
   */
  private long placeBefore(
      long itemId,
      List<PendingLine> lines,
      Map<String, MadeMove> standing,
      Map<Long, Long> numbersAtStart) {
    Optional<Long> reached =
        Optional.ofNullable(numbersAtStart.get(itemId))
            .or(() -> states.of(itemId).map(state -> state.latest().moveNo()));
    if (reached.isPresent()) {
      return made.lastLine(itemId) > lines.get(0).line().number()
          ? Math.min(made.place(itemId), reached.get())
          : reached.get();
    }
    if (made.lastLine(itemId) > 0) {
      return made.place(itemId);
    }
    if (!states.isNew(itemId)) {
      return NOWHERE;
    }
    return lines.stream()
        .map(line -> standing.get(line.requestId()))
        .filter(move -> move != null && move.move().itemId() == itemId)
        .mapToLong(move -> move.moveNo() - 1)
        .findFirst()
        .orElse(NOWHERE);
  }

  /** Returns the last line that was made at its own place; 0 if there is none. */
  private static long lastLine(List<PendingLine> lines, long[] numbers, long placeBefore) {
    long lastLine = 0;
    long place = placeBefore;
    for (int i = 0; i < numbers.length; i++) {
      if (isNext(numbers, i, place)) {
        place = numbers[i];
        lastLine = lines.get(i).line().number();
      }
    }
    return lastLine;
  }

  private static boolean isRefusedAt(Connection connection, long place, PendingLine line)
      throws SQLException {
    LatestMove latest = TransferStatements.moveAt(connection, line.asked().itemId(), place);
    boolean needsLaterDays =
        line.asked().increment() < 0 && line.asked().date().isBefore(latest.bookDate());
    Map<LocalDate, BigDecimal> laterDays =
        needsLaterDays
            ? TransferStatements.laterDays(connection, Map.of(latest, line.asked().date()))
                .getOrDefault(latest.itemId(), Map.of())
            : Map.of();
    Decision decision =
        AppendRule.decide(latest, laterDays, Map.of(), List.of(line.asked())).decisions().get(0);
    if (!decision.isFinal()) {
      line.decide(decision);
    }
    return !decision.isFinal();
  }
}
