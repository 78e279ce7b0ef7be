package io.stockledger.cli.failure;

import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Terminal;
import io.stockledger.ledger.RefusedException;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns each error into one line for a person and an exit status. */
public final class ErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int LONGEST_SENTENCE = 1000;

  private final Terminal terminal;
  private final Output output;
  private final BooleanSupplier isDebug;

  /**
   * Makes the handler of a command's errors.
   *
   * @param output in the form that the arguments ask for, also if the parser refuses them
   * @param isDebug whether to show where an error came from, once the arguments are parsed
   */
  public ErrorHandler(Terminal terminal, Output output, BooleanSupplier isDebug) {
    this.terminal = terminal;
    this.output = output;
    this.isDebug = isDebug;
  }

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    output.failure(
        "usage",
        PrintableText.cut(UsageError.sentence(error), LONGEST_SENTENCE),
        ExitCode.USAGE,
        "Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception error, CommandLine commandLine, ParseResult parsed) {
    return report(error, isDebug.getAsBoolean());
  }

  /** Reports the failure and returns the exit status. */
  private int report(Exception error, boolean debug) {
    FailureReport failure = FailureReport.of(error);
    String sentence = PrintableText.cut(failure.sentence(), LONGEST_SENTENCE);
    if (error instanceof RefusedException refused) {
      output.refusedBecause(Refusals.row(refused), sentence);
    } else {
      output.failure(failure.kind(), sentence, failure.exitCode());
    }
    if (debug) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      // Line by line, because the messages in the trace may hold characters that a terminal obeys.
      trace
          .toString()
          .lines()
          .forEach(line -> terminal.message((line.startsWith("\t") ? "    " : "") + line.strip()));
    }
    return failure.exitCode();
  }

  /**
   * Reports that the result of a command was lost, unless its reader closed the pipe, as in {@code
   * stock list-items | head -1}.
   *
   * @param exitCode the exit status of the command's work, without its output
   * @return the command's exit status
   */
  public int reportLostResult(IOException error, int exitCode) {
    if (brokenPipe().equals(error.getMessage())) {
      return exitCode;
    }
    int status = exitCode == ExitCode.DONE ? ExitCode.FAILURE : exitCode;
    output.failure("output_lost", "Could not write the result: " + error.getMessage(), status);
    return status;
  }

  /**
   * Returns this system's message for a closed pipe: Java has no number for that error, and the
   * message is in the language of the locale.
   */
  private static String brokenPipe() {
    try {
      Pipe pipe = Pipe.open();
      try (Pipe.SinkChannel sink = pipe.sink()) {
        pipe.source().close();
        sink.write(ByteBuffer.allocate(1));
      }
    } catch (IOException e) {
      return e.getMessage();
    }
    return "Broken pipe";
  }
}
