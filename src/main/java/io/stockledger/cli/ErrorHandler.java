package io.stockledger.cli;

import io.stockledger.ledger.PrintableText;
import io.stockledger.ledger.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns each error into one line for a person and an exit status. */
final class ErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int LONGEST_SENTENCE = 1000;

  /**
   * An option's name without what may be a value, as in {@code --word=value} and {@code -wvalue}.
   */
  private static final Pattern OPTION = Pattern.compile("--[\\w-]*|-[^-]?");

  /**
   * picocli's message when an option is in the place of a value; the option may contain a value.
   */
  private static final Pattern FOUND =
      Pattern.compile("(?s)(Expected parameter .* but found )'(--[\\w-]*|-[^-]?).*");

  private final Terminal terminal;
  private final Output output;

  /**
   * Makes the handler of a command's errors.
   *
   * @param output in the form that the arguments ask for, also if the parser refuses them
   */
  ErrorHandler(Terminal terminal, Output output) {
    this.terminal = terminal;
    this.output = output;
  }

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    output.failure(
        "usage",
        PrintableText.cut(message(error), LONGEST_SENTENCE),
        ExitCode.USAGE,
        "Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  /**
   * Returns the sentence. Only the converters of this package repeat a value, because any other
   * value may be a secret.
   */
  private static String message(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), error.getCommandLine().getCommandSpec());
    }
    if (error instanceof MissingParameterException missing) {
      // An unknown word may be a misspelt option, which is then the one that is missing.
      Optional<String> unknown = unmatched(missing.getCommandLine());
      if (unknown.isPresent()) {
        return unknown.get();
      }
    }
    if (error instanceof OverwrittenOptionException twice) {
      return "Option " + name(twice.getOverwritten()) + " is given more than once.";
    }
    if (error instanceof MissingParameterException) {
      Matcher found = FOUND.matcher(error.getMessage());
      return found.matches()
          ? found.group(1) + PrintableText.quoted(found.group(2))
          : error.getMessage();
    }
    if (error.getArgSpec() != null && error.getArgSpec().typeInfo().isBoolean()) {
      return "Option " + name(error.getArgSpec()) + " takes no value.";
    }
    return error.getMessage();
  }

  /** Returns the sentence about the first word that neither the command nor its parents know. */
  private static Optional<String> unmatched(CommandLine commandLine) {
    for (CommandLine known = commandLine; known != null; known = known.getParent()) {
      if (!known.getUnmatchedArguments().isEmpty()) {
        return Optional.of(unmatched(known.getUnmatchedArguments().get(0), known.getCommandSpec()));
      }
    }
    return Optional.empty();
  }

  private static String unmatched(String argument, CommandSpec command) {
    Matcher option = OPTION.matcher(argument);
    if (option.lookingAt()) {
      String question =
          Suggestions.question(option.group(), command.optionsMap().keySet().stream());
      return "Unknown option: "
          + PrintableText.quoted(option.group())
          + (question.isEmpty() ? "" : "." + question);
    }
    if (command.subcommands().isEmpty()) {
      return "Unexpected argument: " + PrintableText.quoted(argument);
    }
    String question = Suggestions.question(argument, command.subcommands().keySet().stream());
    return "Unknown command: "
        + PrintableText.quoted(argument)
        + "."
        + (question.isEmpty()
            ? " The commands are: " + String.join(", ", command.subcommands().keySet()) + "."
            : question);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? PrintableText.quoted(option.longestName())
        : argument.paramLabel();
  }

  @Override
  public int handleExecutionException(
      Exception error, CommandLine commandLine, ParseResult parsed) {
    return report(error, StockCommand.of(commandLine).isDebug());
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
  int reportLostResult(IOException error, int exitCode) {
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
