package io.stockledger.cli;

import io.stockledger.ledger.transfer.ImportIncompleteException;
import io.stockledger.ledger.transfer.ImportStoppedException;
import java.util.function.IntSupplier;

/** Runs an import that Ctrl-C or a kill ends with a sentence that says how far it is. */
final class InterruptibleImport {
  private static final String STOPPED = "The import was stopped";

  private InterruptibleImport() {}

  /**
   * Runs an import.
   *
   * @param progress hears of the import, and stops it
   * @param work imports, reports its result and returns the exit status
   */
  static int run(StockCommand stock, ImportProgress progress, IntSupplier work) {
    ReportBeforeExit exit =
        ReportBeforeExit.begin(
            progress::stop,
            () ->
                STOPPED
                    + ", and did not end in time. "
                    + FailureReport.importedUpTo(progress.lastLineDone()));
    try {
      return work.getAsInt();
    } catch (ImportStoppedException e) {
      return report(stock, "; nothing was imported.");
    } catch (ImportIncompleteException e) {
      if (e.failure() instanceof ImportStoppedException) {
        return report(stock, ". " + FailureReport.importedUpTo(e.lastLine()));
      }
      throw e;
    } finally {
      exit.mayGoOn();
    }
  }

  private static int report(StockCommand stock, String howFar) {
    stock.output().failure("interrupted", STOPPED + howFar, ExitCode.FAILURE);
    return ExitCode.FAILURE;
  }
}
