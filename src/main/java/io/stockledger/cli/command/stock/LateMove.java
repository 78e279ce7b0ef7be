package io.stockledger.cli.command.stock;

import io.stockledger.cli.failure.FailureReport;
import io.stockledger.cli.output.Terminal;
import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.closing.ClosingRefresh;
import io.stockledger.ledger.rule.Request;
import io.stockledger.text.Today;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a command does after it made moves: closings that they made stale are rewritten. */
final class LateMove {
  private LateMove() {}

  /**
   * Rewrites the closings of the moves' day and later ones. Moves dated today need none of this: a
   * closing of a day that is not over is preliminary anyway.
   */
  static void refreshClosings(Database database, Terminal terminal, Request request) {
    refreshClosings(database, terminal, List.of(request));
  }

  /** Rewrites the closings of the moves' days and later ones, after the moves of many requests. */
  static void refreshClosings(Database database, Terminal terminal, List<Request> requests) {
    LocalDate today = Today.date();
    Map<Long, LocalDate> days = new TreeMap<>();
    for (Request request : requests) {
      if (request.date().isBefore(today)) {
        request.lines().forEach(line -> days.merge(line.itemId(), request.date(), LateMove::first));
      }
    }
    if (days.isEmpty()) {
      return;
    }
    LocalDate from = days.values().stream().reduce(LateMove::first).orElseThrow();
    String moves = requests.size() == 1 && requests.get(0).hasOneLine() ? "move is" : "moves are";
    String items =
        days.size() == 1 ? "item " + days.keySet().iterator().next() : days.size() + " items";
    try {
      long refreshed = new ClosingRefresh(database).refresh(days);
      if (refreshed > 0) {
        terminal.message(
            "The %s late: %s of %s from %s on %s written again."
                .formatted(
                    moves,
                    refreshed == 1 ? "1 closing" : refreshed + " closings",
                    items,
                    from,
                    refreshed == 1 ? "was" : "were"));
      }
    } catch (KnownException e) {
      // The moves are made, so this is no failure of the command.
      terminal.message(
          "The %s made, but closings of %s from %s on may be stale. To write them again:"
                  .formatted(moves, items, from)
              + " run-batch --stale. "
              + FailureReport.of(e).sentence());
    }
  }

  private static LocalDate first(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
