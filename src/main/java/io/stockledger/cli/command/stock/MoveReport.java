package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.FailureReport;
import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.option.MoveOptions;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.Terminal;
import io.stockledger.cli.output.Times;
import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.move.MoveRepository;
import io.stockledger.ledger.move.RecordedMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The report of a command that makes the moves of a request, or that would make them. */
final class MoveReport {
  private final CommandContext context;
  private final Database database;
  private final boolean isDryRun;
  private final boolean hasNewId;

  /** Makes the report of a command whose answer has the request id, or whose user gave it. */
  MoveReport(CommandContext context, Database database, boolean isDryRun) {
    this(context, database, isDryRun, false);
  }

  /** Makes the report of a move, whose answer does not have the request id. */
  MoveReport(CommandContext context, Database database, MoveOptions move) {
    this(context, database, move.isDryRun(), move.makesRequestId());
  }

  private MoveReport(
      CommandContext context, Database database, boolean isDryRun, boolean hasNewId) {
    this.context = context;
    this.database = database;
    this.isDryRun = isDryRun;
    this.hasNewId = hasNewId;
  }

  /**
   * Reports moves that are in the ledger, or would be.
   *
   * @param isRepeated whether another request had made them
   * @param done the sentence if they are made
   * @param planned the sentence if they would be made
   */
  int made(Request request, boolean isRepeated, String done, String planned) {
    return made(request, Refusals.lines(request), isRepeated, done, planned);
  }

  private int made(Request request, Row what, boolean isRepeated, String done, String planned) {
    String plan = isRepeated ? "Would change nothing." : planned;
    context
        .output()
        .result(
            what.and(
                Row.of(
                    "date",
                    request.date(),
                    "request_id",
                    request.id(),
                    "repeated",
                    isRepeated,
                    "dry_run",
                    isDryRun)),
            isDryRun ? plan : done);
    return afterResult(request, isRepeated);
  }

  /** Tells what there is to tell of moves, once their result is written. */
  int afterResult(Request request, boolean isRepeated) {
    if (isRepeated || (context.isVerbose() && !isDryRun)) {
      tellMore(request, isRepeated);
    } else if (hasNewId && !isDryRun && context.terminal().isScreen()) {
      context.terminal().message(newId(request.id()));
    }
    ItemNames.tell(context, database, request);
    if (!isDryRun) {
      LateMove.refreshClosings(database, context.terminal(), request);
    }
    return ExitCode.DONE;
  }

  /**
   * Returns the request id that stock made, for a person: correct-move and reverse-move need it.
   */
  static String newId(String requestId) {
    return "Request id " + requestId + ".";
  }

  /** Reports that all moves of a request are in the ledger, or would be. */
  int posted(Request request, boolean isRepeated) {
    String moves =
        request.lines().stream()
            .map(
                line ->
                    (line.increment() > 0 ? "+" : "")
                        + line.increment()
                        + " of item "
                        + line.itemId())
            .collect(Collectors.joining(", "));
    String about = " on " + request.date() + " (request id " + request.id() + "): " + moves + ".";
    String count = request.hasOneLine() ? "1 move" : request.lines().size() + " moves";
    return made(
        request, isRepeated, "Successfully posted " + count + about, "Would post " + count + about);
  }

  /**
   * Tells on stderr what the ledger has of the moves, which are committed rows and never change, so
   * that a second statement can read them.
   */
  private void tellMore(Request request, boolean isRepeated) {
    Terminal terminal = context.terminal();
    try {
      List<RecordedMove> recorded = new MoveRepository(database).movesOf(request.id());
      if (isRepeated) {
        terminal.message(
            "%s was already made at %s; nothing was changed."
                .formatted(request.id(), Times.text(recorded.get(0).updatedAt())));
      }
      if (context.isVerbose()) {
        terminal.message(
            "Date %s, request id %s, stock after the %s."
                .formatted(request.date(), request.id(), stockAfter(recorded)));
      }
    } catch (KnownException e) {
      // The moves are made, so this is no failure of the command.
      terminal.message(
          "The %s made, but could not be read again. "
                  .formatted(request.hasOneLine() ? "move is" : "moves are")
              + FailureReport.of(e).sentence());
    }
  }

  /**
   * Returns what a line moves: {@code removed 5 units from item 101}.
   *
   * @param add the verb of an addition, with a space after it
   * @param remove the verb of a removal
   */
  static String units(RequestLine line, String add, String remove) {
    return (line.increment() > 0 ? add : remove)
        + Math.abs(line.increment())
        + (line.increment() > 0 ? " units to item " : " units from item ")
        + line.itemId();
  }

  private static String stockAfter(List<RecordedMove> moves) {
    return moves.size() == 1
        ? "move " + moves.get(0).stockAfter()
        : "moves: "
            + moves.stream()
                .map(move -> move.stockAfter() + " of item " + move.itemId())
                .collect(Collectors.joining(", "));
  }

  /**
   * Reports a removal that is refused.
   *
   * @param linesBefore the lines above the one that all commands print
   */
  int refused(Request request, Insufficient refused, String... linesBefore) {
    String[] lines = Arrays.copyOf(linesBefore, linesBefore.length + 1);
    lines[linesBefore.length] = Refusals.line(refused);
    context.output().refused(Refusals.row(request, refused), lines);
    refused
        .limit()
        .ifPresent(
            limit ->
                context
                    .terminal()
                    .message(Refusals.sentence(request.date(), limit, refused.available())));
    ItemNames.tell(context, database, request);
    return ExitCode.REFUSED;
  }

  /**
   * Reports a request of several lines that is refused, with one line per item that is short.
   *
   * @param failure what failed: {@code Failed to post moves}
   */
  int refused(Request request, Posting.Insufficient refused, String failure) {
    List<Shortage> shortages = refused.shortages();
    context
        .output()
        .refused(
            Refusals.row(request, shortages),
            shortages.stream()
                .map(shortage -> failure + ": " + Refusals.sentence(shortage))
                .toArray(String[]::new));
    for (Shortage shortage : shortages) {
      shortage
          .limit()
          .ifPresent(
              limit ->
                  context
                      .terminal()
                      .message(
                          "Item %s: %s"
                              .formatted(
                                  shortage.itemId(),
                                  Refusals.sentence(request.date(), limit, shortage.available()))));
    }
    ItemNames.tell(context, database, request);
    return ExitCode.REFUSED;
  }
}
