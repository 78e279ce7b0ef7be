package io.stockledger.cli;

import io.stockledger.db.BusyException;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.DatabaseUnreachableException;
import io.stockledger.db.OutcomeUnknownException;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.TiflashNotReadyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns each error into one line for a person and an exit status. */
final class ErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int NO_SUCH_TABLE = 1146;
  private static final int DISK_FULL = 1021;
  private static final int TABLE_FULL = 1114;
  private static final int TABLE_READ_ONLY = 1036;
  private static final int OPTION_PREVENTS_STATEMENT = 1290;
  private static final int READ_ONLY_TRANSACTION = 1792;
  private static final int READ_ONLY_MODE = 1836;

  private final Terminal terminal;

  ErrorHandler(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    terminal.message("stock: " + message(error));
    terminal.message(
        "Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      // What follows the = may be a secret.
      String name = first.startsWith("-") ? first.replaceFirst("(?s)=.*", "") : first;
      return (first.startsWith("-") ? "Unknown option: " : "Unexpected argument: ")
          + Text.quoted(name);
    }
    return error.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public int handleExecutionException(
      Exception error, CommandLine commandLine, ParseResult parsed) {
    return report(error, StockCommand.of(commandLine).isDebug());
  }

  /** Says what happened and gives the exit status. */
  int report(Exception error, boolean debug) {
    if (isClosedPipe(error)) {
      // Whoever read the result has seen enough: `stock list-items | head -1`.
      return ExitCode.DONE;
    }
    terminal.message("stock: " + sentence(error));
    if (debug) {
      error.printStackTrace(terminal.err());
    }
    return exitCode(error);
  }

  private static boolean isClosedPipe(Exception error) {
    return error instanceof UncheckedIOException unchecked
        && unchecked.getCause().getMessage() != null
        && unchecked.getCause().getMessage().contains("Broken pipe");
  }

  private static int exitCode(Exception error) {
    if (error instanceof RefusedException) {
      return ExitCode.REFUSED;
    }
    return error instanceof DatabaseUnreachableException ? ExitCode.UNREACHABLE : ExitCode.FAILURE;
  }

  private static String sentence(Exception error) {
    if (error instanceof DatabaseException database) {
      return sentence(database.error());
    }
    if (error instanceof UncheckedIOException unchecked) {
      return "Could not write the result: " + unchecked.getCause().getMessage();
    }
    if (error instanceof RefusedException
        || error instanceof BusyException
        || error instanceof DatabaseUnreachableException
        || error instanceof OutcomeUnknownException
        || error instanceof TiflashNotReadyException
        || error instanceof IOException) {
      return error.getMessage();
    }
    return "Unexpected error (--debug shows where): " + error;
  }

  private static String sentence(SQLException error) {
    return switch (error.getErrorCode()) {
      case NO_SUCH_TABLE ->
          "The ledger's tables are not there (" + error.getMessage() + "). Run setup-db first.";
      case DISK_FULL, TABLE_FULL ->
          "The database has no room left; nothing was changed: " + error.getMessage();
      case TABLE_READ_ONLY, OPTION_PREVENTS_STATEMENT, READ_ONLY_TRANSACTION, READ_ONLY_MODE ->
          "The database is read-only; nothing was changed: " + error.getMessage();
      default ->
          "The database answered with error " + error.getErrorCode() + ": " + error.getMessage();
    };
  }
}
