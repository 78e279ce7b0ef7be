package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.FailureReport;
import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.output.Times;
import io.stockledger.cli.words.CountWords;
import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.count.CountRepository;
import io.stockledger.ledger.count.CountResult;
import io.stockledger.ledger.rule.Count;
import java.util.List;

/** The report of a count that is made, or that would be made. */
final class CountReport {
  private final CommandContext context;
  private final Database database;
  private final CountRepository counts;
  private final boolean isDryRun;
  private final boolean hasNewId;

  /**
   * Makes the report.
   *
   * @param hasNewId whether the user does not know the request id yet
   */
  CountReport(
      CommandContext context,
      Database database,
      CountRepository counts,
      boolean isDryRun,
      boolean hasNewId) {
    this.hasNewId = hasNewId;
    this.context = context;
    this.database = database;
    this.counts = counts;
    this.isDryRun = isDryRun;
  }

  int report(CountResult result) {
    if (result instanceof CountResult.Insufficient refused) {
      return new MoveReport(context, database, isDryRun)
          .refused(
              refused.count().toRequest(),
              new Posting.Insufficient(List.of(refused.shortage())),
              "Failed to count stock");
    }
    if (result instanceof CountResult.NoSuchMove none) {
      context
          .output()
          .refusedBecause(
              CountWords.refusal(none), Refusals.noSuchMove(none.request(), none.latestMove()));
      return ExitCode.REFUSED;
    }
    if (result instanceof CountResult.OtherCount other) {
      context
          .output()
          .refusedBecause(CountWords.refusal(other), Refusals.otherCount(other.first()));
      return ExitCode.REFUSED;
    }
    CountResult.Counted counted = (CountResult.Counted) result;
    return counted(counted.count(), counted.isRepeated());
  }

  private int counted(Count count, boolean isRepeated) {
    context
        .output()
        .result(
            CountWords.counted(count, isRepeated, isDryRun),
            isDryRun ? plan(count, isRepeated) : done(count));
    if (isRepeated) {
      tellWhen(count.request().id());
    } else if (hasNewId && !isDryRun && (context.terminal().isScreen() || context.isVerbose())) {
      context.terminal().message(MoveReport.newId(count.request().id()));
    }
    ItemNames.tell(context, database, List.of(count.request().itemId()));
    if (!isDryRun && count.difference() != 0) {
      LateMove.refreshClosings(database, context.terminal(), count.toRequest());
    }
    return ExitCode.DONE;
  }

  private static String done(Count count) {
    return "Counted %s of item %s: %s in the ledger, %s."
        .formatted(
            count.request().counted(),
            count.request().itemId(),
            count.ledgerStock(),
            count.difference() == 0 ? "as counted" : "corrected by " + difference(count));
  }

  private static String plan(Count count, boolean isRepeated) {
    if (isRepeated) {
      return "Would change nothing.";
    }
    return "Would count %s of item %s: %s in the ledger, %s."
        .formatted(
            count.request().counted(),
            count.request().itemId(),
            count.ledgerStock(),
            count.difference() == 0 ? "as counted" : "to correct by " + difference(count));
  }

  private static String difference(Count count) {
    return (count.difference() > 0 ? "+" : "") + count.difference();
  }

  /** Tells on stderr when another request had made the count, whose row never changes. */
  private void tellWhen(String requestId) {
    try {
      counts
          .find(requestId)
          .ifPresent(
              recorded ->
                  context
                      .terminal()
                      .message(
                          "%s was already made at %s; nothing was changed."
                              .formatted(requestId, Times.text(recorded.recordedAt()))));
    } catch (KnownException e) {
      // The count is made, so this is no failure of the command.
      context
          .terminal()
          .message(
              "The count is made, but could not be read again. " + FailureReport.of(e).sentence());
    }
  }
}
