package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.FailureReport;
import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.Terminal;
import io.stockledger.cli.output.Times;
import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.MoveRepository;
import io.stockledger.ledger.RecordedMove;
import io.stockledger.ledger.Removal.Insufficient;
import java.util.Arrays;

/** The report of a command that makes a move, or that would make it. */
final class MoveReport {
  private final CommandContext context;
  private final Database database;
  private final boolean isDryRun;

  MoveReport(CommandContext context, Database database, boolean isDryRun) {
    this.context = context;
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
    context
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
    if (isRepeated || (context.isVerbose() && !isDryRun)) {
      tellMore(move, isRepeated);
    }
    if (!isDryRun) {
      LateMove.refreshClosings(database, context.terminal(), move);
    }
    return ExitCode.DONE;
  }

  /**
   * Tells on stderr what the ledger has of the move, which is a committed row and never changes, so
   * that a second statement can read it.
   */
  private void tellMore(Move move, boolean isRepeated) {
    Terminal terminal = context.terminal();
    try {
      RecordedMove recorded = new MoveRepository(database).moveOf(move.requestId());
      if (isRepeated) {
        terminal.message(
            "%s was already made at %s; nothing was changed."
                .formatted(move.requestId(), Times.text(recorded.updatedAt())));
      }
      if (context.isVerbose()) {
        terminal.message(
            "Date %s, request id %s, stock after the move %s."
                .formatted(move.date(), move.requestId(), recorded.stockAfter()));
      }
    } catch (KnownException e) {
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
    context.output().refused(Refusals.row(move, refused), lines);
    refused
        .limit()
        .ifPresent(
            limit ->
                context
                    .terminal()
                    .message(Refusals.sentence(move.date(), limit, refused.available())));
    return ExitCode.REFUSED;
  }
}
