package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.db.StockException;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.MoveRepository;
import io.stockledger.ledger.RecordedMove;
import io.stockledger.ledger.Removal.Insufficient;
import java.util.Arrays;

/** The report of a command that makes a move, or that would make it. */
final class MoveReport {
  private final StockCommand stock;
  private final Database database;
  private final boolean isDryRun;

  MoveReport(StockCommand stock, Database database, boolean isDryRun) {
    this.stock = stock;
    this.database = database;
    this.isDryRun = isDryRun;
  }

  /**
   * Reports a move that is in the ledger, or would be.
   *
   * @param isRepeated whether another request had made it
   * @param done the sentence if it is made
   * @param planned the sentence if it would be made
   */
  int made(Move move, boolean isRepeated, String done, String planned) {
    String plan = isRepeated ? "Would change nothing." : planned;
    stock
        .output()
        .result(
            Row.of(
                "item_id", move.itemId(),
                "increment", move.increment(),
                "date", move.date(),
                "request_id", move.requestId(),
                "repeated", isRepeated,
                "dry_run", isDryRun),
            isDryRun ? plan : done);
    if (isRepeated || (stock.isVerbose() && !isDryRun)) {
      tellMore(move, isRepeated);
    }
    if (!isDryRun) {
      LateMove.refreshClosings(database, stock.terminal(), move);
    }
    return ExitCode.DONE;
  }

  /**
   * Tells on stderr what the ledger has of the move, which is a committed row and never changes, so
   * that a second statement can read it.
   */
  private void tellMore(Move move, boolean isRepeated) {
    Terminal terminal = stock.terminal();
    try {
      RecordedMove recorded = new MoveRepository(database).moveOf(move.requestId());
      if (isRepeated) {
        terminal.message(
            "%s was already made at %s; nothing was changed."
                .formatted(move.requestId(), Times.text(recorded.updatedAt())));
      }
      if (stock.isVerbose()) {
        terminal.message(
            "Date %s, request id %s, stock after the move %s."
                .formatted(move.date(), move.requestId(), recorded.stockAfter()));
      }
    } catch (StockException e) {
      // The move is made, so this is no failure of the command.
      terminal.message(
          "The move is made, but could not be read again. " + FailureReport.of(e).sentence());
    }
  }

  /**
   * Reports a removal that is refused.
   *
   * @param linesBefore the lines above the one that all commands print
   */
  int refused(Move move, Insufficient refused, String... linesBefore) {
    String[] lines = Arrays.copyOf(linesBefore, linesBefore.length + 1);
    lines[linesBefore.length] = Refusals.line(refused);
    stock.output().refused(Refusals.row(move, refused), lines);
    refused
        .limit()
        .ifPresent(
            limit ->
                stock
                    .terminal()
                    .message(Refusals.sentence(move.date(), limit, refused.available())));
    return ExitCode.REFUSED;
  }
}
