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
   * @return the lines that are left open
   */
  List<PendingLine> decide(
      Connection connection, long itemId, List<PendingLine> lines, Map<String, MadeMove> standing)
      throws SQLException {
    if (standing.isEmpty() && made.lastLine(itemId) == 0) {
      return lines;
    }
    long place = placeBefore(itemId, lines, standing);
    long lastLine = Math.max(made.lastLine(itemId), lastLine(lines, standing, place));
    List<PendingLine> open = new ArrayList<>();
    for (PendingLine line : lines) {
      MadeMove move = standing.get(line.requestId());
      if (move != null && move.move().equals(line.asked())) {
        place = Math.max(place, move.moveNo());
      }
      if (move != null
          || line.line().number() > lastLine
          || place == NOWHERE
          || !isRefusedAt(connection, place, line)) {
        open.add(line);
      }
    }
    return open;
  }

  /**
   * Returns the number of the last move of the item before the first line: as the file was before
   * the run, or as this run made it. If another run makes the same file at the same time, that is
   * the number before the first move which that run made.
   */
  private long placeBefore(long itemId, List<PendingLine> lines, Map<String, MadeMove> standing) {
    Optional<ItemState> state = states.of(itemId);
    if (state.isPresent()) {
      long reached = state.get().latest().moveNo();
      return made.lastLine(itemId) > lines.get(0).line().number()
          ? Math.min(made.place(itemId), reached)
          : reached;
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

  /** Returns the last line that is made with a higher number than those before it. */
  private static long lastLine(
      List<PendingLine> lines, Map<String, MadeMove> standing, long place) {
    long lastLine = 0;
    long reached = place;
    for (PendingLine line : lines) {
      MadeMove move = standing.get(line.requestId());
      if (place != NOWHERE
          && move != null
          && move.move().equals(line.asked())
          && move.moveNo() > reached) {
        reached = move.moveNo();
        lastLine = line.line().number();
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
