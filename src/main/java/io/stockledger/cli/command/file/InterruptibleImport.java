package io.stockledger.cli.command.file;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.LedgerFailures;
import io.stockledger.cli.failure.ReportBeforeExit;
import io.stockledger.ledger.transfer.ImportIncompleteException;
import io.stockledger.ledger.transfer.ImportStoppedException;
import java.util.function.IntSupplier;

/** Runs an import that Ctrl-C or a kill ends with a sentence that says how far it is. */
public final class InterruptibleImport {
  private static final String STOPPED = "The import was stopped";

  private InterruptibleImport() {}

  /**
   * Runs an import.
   *
   * @param progress hears of the import, and stops it
   * @param work imports, reports its result and returns the exit status
   */
  public static int run(CommandContext context, ImportProgress progress, IntSupplier work) {
    ReportBeforeExit exit =
        ReportBeforeExit.begin(
            progress::stop,
            () ->
                STOPPED
                    + ", and did not end in time. "
                    + LedgerFailures.importedUpTo(progress.lastLineDone()));
    try {
      return work.getAsInt();
    } catch (ImportStoppedException e) {
      return report(context, "; nothing was imported.");
    } catch (ImportIncompleteException e) {
      if (e.failure() instanceof ImportStoppedException) {
        return report(context, ". " + LedgerFailures.importedUpTo(e.lastLine()));
      }
      throw e;
    } finally {
      exit.mayGoOn();
    }
  }

  private static int report(CommandContext context, String howFar) {
    context.output().failure("interrupted", STOPPED + howFar, ExitCode.FAILURE);
    return ExitCode.FAILURE;
  }
}
