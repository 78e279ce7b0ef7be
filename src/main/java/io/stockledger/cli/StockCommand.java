package io.stockledger.cli;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.StatementListener;
import io.stockledger.ledger.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The root command, with the options that all subcommands share. */
public final class StockCommand implements Runnable {
  static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);
  static final Duration AGGREGATE_TIMEOUT = Duration.ofMinutes(15);

  private static final int LONGEST_STATEMENT = 1000;

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Path workingDirectory;

  private final CommandSpec spec;
  private final ConnectionOptions connection;
  private final OutputOptions outputOptions;
  private final Value<Boolean> verbose;
  private final Value<Boolean> debug;
  private Output output;

  private final Optional<ShellContext> shell;

  private StockCommand(
      Terminal terminal,
      Map<String, String> environment,
      Path workingDirectory,
      Optional<ShellContext> shell) {
    this.terminal = terminal;
    this.environment = environment;
    this.workingDirectory = workingDirectory;
    this.shell = shell;
    spec = CommandSpec.wrapWithoutInspection(this).name("stock");
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
    Options options = new Options(spec, ScopeType.INHERIT);
    connection = new ConnectionOptions(options);
    outputOptions = new OutputOptions(options);
    verbose =
        options.flag(
            "-v",
            "--verbose",
            "Show on stderr more of what was done, and each statement with its time.");
    debug = options.flag("--debug", "Show where an error came from.");
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
    return execute(
        new StockCommand(terminal, environment, workingDirectory, Optional.empty()),
        OutputForm.askedBy(List.of(arguments)),
        arguments);
  }

  private static int execute(StockCommand stock, OutputForm formOfErrors, String... arguments) {
    Terminal terminal = stock.terminal;
    ErrorHandler errors = new ErrorHandler(terminal, Output.of(formOfErrors, terminal));
    // picocli ignores errors of its output, so the usage is collected and the terminal writes it.
    StringWriter usage = new StringWriter();
    int exitCode =
        commandLine(stock, arguments)
            .setOut(new PrintWriter(usage))
            .setErr(terminal.err())
            .setColorScheme(Help.defaultColorScheme(colors(terminal, stock.environment)))
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .setExecutionStrategy(stock::run)
            .execute(arguments);
    terminal.text(usage.toString());
    if (stock.output != null && exitCode == ExitCode.DONE) {
      stock.output.end();
    }
    Optional<IOException> lost = terminal.finish();
    return lost.isEmpty() ? exitCode : errors.reportLostResult(lost.get(), exitCode);
  }

  /** Makes the parser of the words of the commands that the arguments may name. */
  private static CommandLine commandLine(StockCommand stock, String... arguments) {
    CommandLine commandLine = new CommandLine(stock.spec);
    Commands.addTo(commandLine, stock, arguments);
    return commandLine
        .setHelpFactory(UsageHelp::new)
        // A value that begins with @ is a value, not a file to read arguments from.
        .setExpandAtFiles(false)
        // In "--item-code --name x" the code is missing; it is not "--name".
        .setAllowOptionsAsOptionParameters(false);
  }

  /** Returns the words of all commands, for a document or a test about them; nothing is run. */
  public static CommandLine words() {
    return commandLine(
        new StockCommand(
            new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream()),
            Map.of(),
            Path.of(""),
            Optional.empty()));
  }

  /**
   * Colours are for a person at a terminal that knows them, unless that person does not want any
   * (no-color.org).
   */
  private static Help.Ansi colors(Terminal terminal, Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "dumb");
    boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return terminal.isScreen() && wanted && !kind.equals("dumb") ? Help.Ansi.ON : Help.Ansi.OFF;
  }

  private int run(ParseResult parsed) {
    if (shell.isPresent()) {
      refuseConnectionOptions(parsed);
    }
    for (CommandLine asked : parsed.asCommandLineList()) {
      if (asked.isUsageHelpRequested()) {
        break;
      }
      if (asked.isVersionHelpRequested()) {
        VersionReport.of(this).write(output());
        return ExitCode.DONE;
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** Returns the root command of a command line. */
  static StockCommand of(CommandLine commandLine) {
    return (StockCommand) commandLine.getCommandSpec().root().userObject();
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  /**
   * Opens the database that the options name.
   *
   * @param connections the largest number that the command uses at a time, each of which it gives
   *     back
   * @throws io.stockledger.db.DatabaseUnreachableException if it can't be reached
   */
  Database open(int connections) {
    return open(connections, STATEMENT_TIMEOUT);
  }

  /** Opens the database for a command whose statements read a whole day or the whole ledger. */
  Database openForAggregates(int connections) {
    return open(connections, AGGREGATE_TIMEOUT);
  }

  private Database open(int connections, Duration usualStatementTimeout) {
    ConnectionSettings settings = settings(usualStatementTimeout);
    return opened(
        // Statements are observed from the start of a session on, so -v needs its own.
        shell.isPresent() && !isVerbose()
            ? shell.get().database().open(settings, connections)
            : Database.openGrowing(settings, connections, listener()),
        settings);
  }

  /**
   * Opens the database with a pool, whose connections go back to it when they are closed.
   *
   * @param connections the largest number that the command uses at a time
   * @throws io.stockledger.db.DatabaseUnreachableException if it can't be reached
   */
  Database openPool(int connections) {
    ConnectionSettings settings = settings(STATEMENT_TIMEOUT);
    return opened(Database.open(settings, connections, listener()), settings);
  }

  private ConnectionSettings settings(Duration usualStatementTimeout) {
    // Wrong options are refused before a connection is opened.
    output();
    return shell.isPresent()
        ? shell.get().database().settings(usualStatementTimeout)
        : settings(configuration(), usualStatementTimeout);
  }

  private Optional<StatementListener> listener() {
    return isVerbose() ? Optional.of(this::showStatement) : Optional.empty();
  }

  private Database opened(Database database, ConnectionSettings settings) {
    shell.ifPresent(context -> context.interrupt().opened(database));
    if (isVerbose()) {
      terminal.message(
          "Connected to "
              + database
              + " as "
              + settings.user()
              + ", version "
              + database.serverVersion()
              + (database.isTidb()
                  ? "."
                  : ". Aggregates are not computed on TiFlash: this server is not TiDB."));
    }
    return database;
  }

  private void showStatement(String sql, long nanos) {
    terminal.message(
        String.format(
            Locale.ROOT,
            "%8.1f ms  %s",
            nanos / 1e6,
            PrintableText.cut(sql.strip().replaceAll("\\s+", " "), LONGEST_STATEMENT)));
  }

  private ConnectionSettings settings(Configuration configuration, Duration usualTimeout) {
    return ConnectionOptions.settings(
        spec.commandLine(), configuration, terminal::askSecret, usualTimeout);
  }

  /** Whether this is a command of a shell. */
  boolean isInShell() {
    return shell.isPresent();
  }

  /** Returns what the commands of the shell that this command begins share. Opens nothing yet. */
  ShellContext shellContext() {
    Configuration configuration = configuration();
    return new ShellContext(
        new ShellDatabase(settings(configuration, STATEMENT_TIMEOUT), configuration),
        CommandInterrupt.NONE,
        outputOptions.form(spec.commandLine(), Optional.empty()),
        isVerbose(),
        isDebug());
  }

  /**
   * Runs a command of a shell, with objects of its own, so that no option of one command is left
   * for the next.
   */
  int runInShell(ShellContext context, Terminal terminalOfCommand, List<String> words) {
    StockCommand command =
        new StockCommand(terminalOfCommand, environment, workingDirectory, Optional.of(context));
    OutputForm asked = OutputForm.askedBy(words);
    OutputForm formOfErrors =
        asked == OutputForm.TEXT ? context.form().orElse(OutputForm.TEXT) : asked;
    return execute(command, formOfErrors, words.toArray(String[]::new));
  }

  private void refuseConnectionOptions(ParseResult parsed) {
    for (CommandLine commandLine : parsed.asCommandLineList()) {
      for (OptionSpec option : commandLine.getParseResult().matchedOptions()) {
        if (UsageHelp.isOfConnection(option)) {
          throw new ParameterException(
              commandLine,
              "In a shell a command can't have a connection of its own: give "
                  + option.longestName()
                  + " to the shell.");
        }
      }
    }
  }

  /** Returns the names of the options that say where the database is. */
  Set<String> connectionOptions() {
    return spec.options().stream()
        .filter(UsageHelp::isOfConnection)
        .map(option -> option.longestName())
        .collect(Collectors.toSet());
  }

  Map<String, String> environment() {
    return environment;
  }

  /**
   * Returns the settings of the connection without asking for a password.
   *
   * @throws ParameterException with a sentence for a person
   */
  ConnectionSettings settingsWithoutQuestion() {
    return ConnectionOptions.settings(
        spec.commandLine(), configuration(), question -> "", STATEMENT_TIMEOUT);
  }

  /** Returns the configuration of the connection; no file is read yet. */
  Configuration configuration() {
    return shell.isPresent()
        ? shell.get().database().configuration()
        : connection.configuration(spec.commandLine(), environment, workingDirectory);
  }

  Terminal terminal() {
    return terminal;
  }

  /** Returns the writer of the result in the form that the options ask for. */
  Output output() {
    return output(OutputForm.TEXT);
  }

  /** Returns the writer of the result of a command that has another form by default. */
  Output output(OutputForm usual) {
    if (output == null) {
      Optional<OutputForm> ofShell = shell.isPresent() ? shell.get().form() : Optional.empty();
      output = Output.of(outputOptions.form(spec.commandLine(), ofShell).orElse(usual), terminal);
    }
    return output;
  }

  /** Whether the user asks for more of what was done, on stderr. */
  boolean isVerbose() {
    return verbose.get() || (shell.isPresent() && shell.get().verbose());
  }

  boolean isDebug() {
    return debug.get() || (shell.isPresent() && shell.get().debug());
  }
}
