package io.stockledger.cli.command.stock;

import io.stockledger.cli.failure.FailureReport;
import io.stockledger.cli.output.Terminal;
import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.closing.ClosingRefresh;
import io.stockledger.text.Today;
import java.util.Map;

/** What a command does after it made a move: closings that the move made stale are rewritten. */
final class LateMove {
  private LateMove() {}

  /**
   * Rewrites the closings of the move's day and later ones. A move dated today needs none of this:
   * a closing of a day that is not over is preliminary anyway.
   */
  static void refreshClosings(Database database, Terminal terminal, Move move) {
    if (!move.date().isBefore(Today.date())) {
      return;
    }
    try {
      long refreshed = new ClosingRefresh(database).refresh(Map.of(move.itemId(), move.date()));
      if (refreshed > 0) {
        terminal.message(
            "The move is late: %s of item %s from %s on %s written again."
                .formatted(
                    refreshed == 1 ? "1 closing" : refreshed + " closings",
                    move.itemId(),
                    move.date(),
                    refreshed == 1 ? "was" : "were"));
      }
    } catch (KnownException e) {
      // The move is made, so this is no failure of the command.
      terminal.message(
          "The move is made, but closings of item %s from %s on may be stale. To write them again:"
                  .formatted(move.itemId(), move.date())
              + " run-batch --stale. "
              + FailureReport.of(e).sentence());
    }
  }
}
