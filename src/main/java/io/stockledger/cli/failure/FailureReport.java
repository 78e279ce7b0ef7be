package io.stockledger.cli.failure;

import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.KnownException;
import io.stockledger.db.failure.SessionRefusedException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.ledger.RefusedException;
import io.stockledger.stream.UnusableSocketException;
import io.stockledger.text.PrintableText;

/**
 * The report of a failure: one sentence for a person and one exit status for a script.
 *
 * @param kind a stable name for programs, in snake case
 */
public record FailureReport(String kind, String sentence, int exitCode) {

  public static FailureReport of(Exception error) {
    if (error instanceof KnownException failure) {
      return new FailureReport(failure.kind(), sentence(failure), exitCode(failure));
    }
    if (error instanceof FileNotWrittenException lost) {
      return new FailureReport("file_not_written", sentence(lost), ExitCode.FAILURE);
    }
    return new FailureReport("unexpected", unexpected(error), ExitCode.FAILURE);
  }

  /** Returns the report of a line of a stream that is no request. */
  public static FailureReport ofFaultyLine(String sentence) {
    return new FailureReport("faulty_line", sentence, ExitCode.USAGE);
  }

  private static String sentence(KnownException error) {
    if (error instanceof RefusedException refused) {
      return Refusals.sentence(refused);
    }
    return DatabaseFailures.sentence(error)
        .or(() -> LedgerFailures.sentence(error))
        .or(() -> StreamFailures.sentence(error))
        .orElseGet(() -> unexpected(error));
  }

  private static String unexpected(Exception error) {
    return "Unexpected error (--debug shows where): " + error;
  }

  private static int exitCode(KnownException error) {
    if (error instanceof RefusedException) {
      return ExitCode.REFUSED;
    }
    if (error instanceof DatabaseUnreachableException) {
      return ExitCode.UNREACHABLE;
    }
    if (error instanceof UnusableSocketException socket) {
      return socket.reason() == UnusableSocketException.Reason.NOBODY
          ? ExitCode.FAILURE
          : ExitCode.USAGE;
    }
    return isUseless(error) ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  /** Whether nothing was done, and asking again has the same answer until a person steps in. */
  private static boolean isUseless(KnownException error) {
    return error instanceof SessionRefusedException refused
        ? refused.isFirst()
        : error instanceof DatabaseException failure
            && (failure.failure() == SqlFailure.NO_PRIVILEGE
                || SqlFailure.isStatementBinlog(failure.error()))
            && !failure.isAfterChanges();
  }

  private static String sentence(FileNotWrittenException error) {
    String file = PrintableText.quoted(error.file());
    return error
        .newFile()
        .map(
            newFile ->
                "Could not put %s in its place: %s. What was written is in %s."
                    .formatted(file, error.reason(), PrintableText.quoted(newFile)))
        .orElseGet(() -> "Could not write %s: %s.".formatted(file, error.reason()));
  }
}
