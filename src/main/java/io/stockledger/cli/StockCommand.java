package io.stockledger.cli;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.CommandRunner;
import io.stockledger.cli.command.CommonOptions;
import io.stockledger.cli.command.SharedContext;
import io.stockledger.cli.connection.ConnectionOptions;
import io.stockledger.cli.failure.ErrorHandler;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.output.CsvStyle;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.OutputForm;
import io.stockledger.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The root command: its words, and the run of one command from its arguments to its status. */
public final class StockCommand implements Runnable {
  private static final CommandRunner RUNNER =
      new CommandRunner() {
        @Override
        public int run(
            CommandContext parent, Terminal terminal, SharedContext shared, List<String> words) {
          return executeInShell(parent, terminal, shared, words);
        }

        @Override
        public CommandSpec model() {
          return StockCommand.model().getCommandSpec();
        }
      };

  private final CommandSpec spec;
  private final CommonOptions options;
  private final CommandContext context;

  private StockCommand(
      Terminal terminal,
      Map<String, String> environment,
      Path workingDirectory,
      Optional<SharedContext> shared) {
    spec = specification(this);
    options = new CommonOptions(spec);
    context = new CommandContext(terminal, environment, workingDirectory, options, shared, RUNNER);
  }

  private StockCommand(CommandContext parent, Terminal terminal, SharedContext shared) {
    spec = specification(this);
    options = new CommonOptions(spec);
    context = parent.forCommand(terminal, options, shared);
  }

  private static CommandSpec specification(StockCommand stock) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(stock).name("stock");
    // The subcommands have the heading of the exit statuses and that of the example too.
    spec.scopeType(ScopeType.INHERIT);
    spec.usageMessage()
        .description("An append-only stock ledger on TiDB that never oversells.")
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(
            UsageMessageSpec.keyValuesMap(
                "0:done",
                ExitCode.FAILURE_LINE,
                ExitCode.USAGE_LINE,
                "3:refused: insufficient stock, unknown item or request, id of another move",
                "4:verify found something; race: a strategy was not what it should be",
                ExitCode.UNREACHABLE_LINE))
        .footerHeading("%nExample:%n")
        .footer("  stock help get-stock");
    return spec;
  }

  /**
   * Runs one command from its arguments to its exit status. {@code main} and the tests call it.
   *
   * @param environment the variables that may name the connection, as {@link System#getenv()}
   */
  public static int execute(
      Terminal terminal, Map<String, String> environment, String... arguments) {
    return execute(terminal, environment, Path.of(""), arguments);
  }

  /**
   * Runs one command as if it were called in a folder.
   *
   * @param workingDirectory where a configuration file is looked for
   */
  public static int execute(
      Terminal terminal,
      Map<String, String> environment,
      Path workingDirectory,
      String... arguments) {
    return new StockCommand(terminal, environment, workingDirectory, Optional.empty())
        .execute(OutputForm.askedBy(List.of(arguments)), arguments);
  }

  /** Runs a command of a shell; its errors have the form that the shell was begun with. */
  private static int executeInShell(
      CommandContext parent, Terminal terminal, SharedContext shared, List<String> words) {
    OutputForm asked = OutputForm.askedBy(words);
    OutputForm formOfErrors =
        asked == OutputForm.TEXT ? shared.form().orElse(OutputForm.TEXT) : asked;
    return new StockCommand(parent, terminal, shared)
        .execute(formOfErrors, words.toArray(String[]::new));
  }

  private int execute(OutputForm formOfErrors, String... arguments) {
    Terminal terminal = context.terminal();
    if (CommonOptions.askForTimestamps(List.of(arguments), context.environment())) {
      terminal.stampMessages();
    }
    ErrorHandler errors =
        new ErrorHandler(
            terminal, Output.of(formOfErrors, CsvStyle.USUAL, terminal), context::isDebug);
    // picocli ignores errors of its output, so the usage is collected and the terminal writes it.
    StringWriter usage = new StringWriter();
    int exitCode =
        commandLine(arguments)
            .setOut(new PrintWriter(usage))
            .setErr(terminal.err())
            .setColorScheme(Help.defaultColorScheme(colors()))
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .setExecutionStrategy(this::run)
            .execute(arguments);
    terminal.text(usage.toString());
    context.endOutput(exitCode == ExitCode.DONE);
    Optional<IOException> lost = terminal.finish();
    int status = lost.isEmpty() ? exitCode : errors.reportLostResult(lost.get(), exitCode);
    context.ended(status);
    return status;
  }

  /** Makes the parser of the words of the commands that the arguments may name. */
  private CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(spec);
    Commands.addTo(commandLine, context, arguments);
    return commandLine
        .setHelpFactory(UsageHelp::new)
        // A value that begins with @ is a value, not a file to read arguments from.
        .setExpandAtFiles(false)
        // In "--item-code --name x" the code is missing; it is not "--name".
        .setAllowOptionsAsOptionParameters(false);
  }

  /** Returns picocli's model of all commands, for a document or a test; nothing is run. */
  public static CommandLine model() {
    Terminal nothing =
        new Terminal(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream());
    return new StockCommand(nothing, Map.of(), Path.of(""), Optional.empty()).commandLine();
  }

  /**
   * Colours are for a person at a terminal that knows them, unless that person does not want any
   * (no-color.org).
   */
  private Help.Ansi colors() {
    String kind = context.environment().getOrDefault("TERM", "dumb");
    boolean wanted = context.environment().getOrDefault("NO_COLOR", "").isEmpty();
    return context.terminal().isScreen() && wanted && !kind.equals("dumb")
        ? Help.Ansi.ON
        : Help.Ansi.OFF;
  }

  private int run(ParseResult parsed) {
    if (context.isInShell()) {
      refuseConnectionOptions(parsed);
    }
    for (CommandLine asked : parsed.asCommandLineList()) {
      if (asked.isUsageHelpRequested()) {
        break;
      }
      if (asked.isVersionHelpRequested()) {
        VersionReport.of(context).write(context.output());
        return ExitCode.DONE;
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static void refuseConnectionOptions(ParseResult parsed) {
    for (CommandLine commandLine : parsed.asCommandLineList()) {
      for (OptionSpec option : commandLine.getParseResult().matchedOptions()) {
        if (ConnectionOptions.haveOption(option)) {
          throw new ParameterException(
              commandLine,
              "In a shell a command can't have a connection of its own: give "
                  + option.longestName()
                  + " to the shell.");
        }
      }
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
