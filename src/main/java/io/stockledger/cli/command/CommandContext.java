package io.stockledger.cli.command;

import io.stockledger.cli.connection.Configuration;
import io.stockledger.cli.connection.ConnectionOptions;
import io.stockledger.cli.connection.Setting;
import io.stockledger.cli.output.CsvStyle;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.OutputForm;
import io.stockledger.cli.output.Terminal;
import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.StatementListener;
import io.stockledger.text.Delimiter;
import io.stockledger.text.PrintableText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a command gets from the command line around it: its database, its output and its terminal.
 * One object belongs to one command that runs.
 */
public final class CommandContext {
  /** The usual time for the answer to a statement. */
  public static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  /** The usual time for the answer to a statement that reads many moves. */
  public static final Duration AGGREGATE_TIMEOUT = Duration.ofMinutes(15);

  private static final int LONGEST_STATEMENT = 1000;

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final CommonOptions options;
  private final Optional<SharedContext> shared;
  private final CommandRunner runner;
  private Optional<Output> output = Optional.empty();
  private boolean readsCsv;
  private Optional<IntConsumer> afterwards = Optional.empty();

  /**
   * Makes the context of a command; opens nothing yet.
   *
   * @param environment the variables that may name the connection
   * @param workingDirectory where a configuration file is looked for
   * @param options what was given on the command line, once it is parsed
   * @param shared what the commands of a shell share; empty for a command of its own
   * @param runner runs other commands
   */
  public CommandContext(
      Terminal terminal,
      Map<String, String> environment,
      Path workingDirectory,
      CommonOptions options,
      Optional<SharedContext> shared,
      CommandRunner runner) {
    this.terminal = terminal;
    this.environment = environment;
    this.workingDirectory = workingDirectory;
    this.options = options;
    this.shared = shared;
    this.runner = runner;
  }

  /**
   * Opens the database that the options name.
   *
   * @param connections the largest number that the command uses at a time, each of which it gives
   *     back
   * @throws io.stockledger.db.failure.DatabaseUnreachableException if it can't be reached
   */
  public Database open(int connections) {
    return open(connections, STATEMENT_TIMEOUT);
  }

  /** Opens the database for a command whose statements read a whole day or the whole ledger. */
  public Database openForAggregates(int connections) {
    return open(connections, AGGREGATE_TIMEOUT);
  }

  private Database open(int connections, Duration usualStatementTimeout) {
    ConnectionSettings settings = settings(usualStatementTimeout);
    return opened(
        // Statements are observed from the start of a session on, so -v needs its own.
        shared.isPresent() && !isVerbose()
            ? shared.get().database().open(settings, connections)
            : Database.openGrowing(settings, connections, listener()),
        settings);
  }

  /**
   * Opens the database with a pool, whose connections go back to it when they are closed.
   *
   * @param connections the largest number that the command uses at a time
   * @throws io.stockledger.db.failure.DatabaseUnreachableException if it can't be reached
   */
  public Database openPool(int connections) {
    ConnectionSettings settings = settings(STATEMENT_TIMEOUT);
    return opened(Database.open(settings, connections, listener()), settings);
  }

  private ConnectionSettings settings(Duration usualStatementTimeout) {
    // Wrong options are refused before a connection is opened.
    output();
    return shared.isPresent()
        ? shared.get().database().settings(usualStatementTimeout)
        : settings(configuration(), usualStatementTimeout);
  }

  private ConnectionSettings settings(Configuration configuration, Duration usualTimeout) {
    return ConnectionOptions.settings(
        command().commandLine(), configuration, terminal::askSecret, usualTimeout);
  }

  private Optional<StatementListener> listener() {
    return isVerbose() ? Optional.of(this::showStatement) : Optional.empty();
  }

  private Database opened(Database database, ConnectionSettings settings) {
    shared.ifPresent(context -> context.interrupt().opened(database));
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

  /**
   * Returns the settings of the connection without asking for a password.
   *
   * @throws ParameterException with a sentence for a person
   */
  public ConnectionSettings settingsWithoutQuestion() {
    return ConnectionOptions.settings(
        command().commandLine(), configuration(), question -> "", STATEMENT_TIMEOUT);
  }

  /** Returns the configuration of the connection; no file is read yet. */
  public Configuration configuration() {
    return shared.isPresent()
        ? shared.get().database().configuration()
        : options
            .connection()
            .configuration(command().commandLine(), environment, workingDirectory);
  }

  /**
   * Returns the beginning of a command line for the same database, to be copied by a person. It has
   * the profile, the URL and the user if they were given as options.
   */
  public String commandLine(String command) {
    if (isInShell()) {
      return command;
    }
    Configuration configuration = configuration();
    return "stock "
        + command
        + configuration
            .profile()
            .filter(name -> configuration.profileOrigin().equals(Configuration.PROFILE_OPTION))
            .map(name -> " " + Configuration.PROFILE_OPTION + " " + name)
            .orElse("")
        + Stream.of(configuration.url(), configuration.user())
            .filter(setting -> setting.source() == Setting.Source.OPTION)
            .map(setting -> " " + setting.origin() + " " + shown(setting))
            .collect(Collectors.joining());
  }

  /** A URL with properties may have the password of a key store; other words would need quotes. */
  private static String shown(Setting setting) {
    return setting.value().matches("[A-Za-z0-9_.:/,@%-]+")
        ? setting.value()
        : setting.key().word().toUpperCase(Locale.ROOT);
  }

  /** Returns the root command, for an error about the options of all commands. */
  private CommandSpec command() {
    return options.command();
  }

  /** Returns the variables of the environment. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Returns what runs and shows other commands. */
  public CommandRunner runner() {
    return runner;
  }

  /** Returns the streams of the command. */
  public Terminal terminal() {
    return terminal;
  }

  /** Returns the writer of the result in the form that the options ask for. */
  public Output output() {
    return output(OutputForm.TEXT);
  }

  /** Returns the writer of the result of a command that has another form by default. */
  public Output output(OutputForm usual) {
    if (output.isEmpty()) {
      OutputForm form = form().orElse(usual);
      if (form == OutputForm.PROMETHEUS) {
        throw new ParameterException(
            command().commandLine(),
            "Only status has the form prometheus. The forms are: text, json or csv.");
      }
      options.output().checkCsv(command().commandLine(), form, readsCsv);
      output = Optional.of(Output.of(form, csvStyle(), terminal));
    }
    return output.get();
  }

  private CsvStyle csvStyle() {
    return options.output().csvStyle(shared.map(SharedContext::csvStyle).orElse(CsvStyle.USUAL));
  }

  /**
   * Returns what is between the values of a CSV file that the command reads. A command that reads
   * one asks before it opens the database.
   */
  public Delimiter delimiterOfFile() {
    readsCsv = true;
    return csvStyle().delimiter();
  }

  private Optional<OutputForm> form() {
    return options.output().form(command().commandLine(), shared.flatMap(SharedContext::form));
  }

  /**
   * Whether metrics are to be written in the place of a result. For a command that has metrics; of
   * every other one {@link #output()} refuses that form.
   */
  public boolean isPrometheus() {
    boolean isAsked = form().filter(OutputForm.PROMETHEUS::equals).isPresent();
    if (isAsked) {
      options.output().checkCsv(command().commandLine(), OutputForm.PROMETHEUS, readsCsv);
      output = Optional.of(Output.of(OutputForm.PROMETHEUS, csvStyle(), terminal));
    }
    return isAsked;
  }

  /** Has the exit status passed on when the command has ended, whatever became of it. */
  public void afterwards(IntConsumer receiver) {
    afterwards = Optional.of(receiver);
  }

  /** Passes the exit status on to what waits for it. */
  public void ended(int exitCode) {
    afterwards.ifPresent(receiver -> receiver.accept(exitCode));
  }

  /**
   * Ends the result of the command.
   *
   * @param isDone whether its status is 0
   */
  public void endOutput(boolean isDone) {
    output.ifPresent(writer -> writer.end(isDone));
  }

  /** Whether the user asks for more of what was done, on stderr. */
  public boolean isVerbose() {
    return options.isVerbose() || shared.filter(SharedContext::verbose).isPresent();
  }

  /** Whether the user asks where an error came from. */
  public boolean isDebug() {
    return options.isDebug() || shared.filter(SharedContext::debug).isPresent();
  }

  /** Whether this is a command of a shell. */
  public boolean isInShell() {
    return shared.isPresent();
  }

  /** Returns what the commands of a shell that begins here share. Opens nothing yet. */
  public SharedContext share() {
    Configuration configuration = configuration();
    return new SharedContext(
        new SharedDatabase(settings(configuration, STATEMENT_TIMEOUT), configuration),
        CommandInterrupt.NONE,
        options.output().form(command().commandLine(), Optional.empty()),
        csvStyle(),
        isVerbose(),
        isDebug());
  }

  /**
   * Returns the context of another command in the same place.
   *
   * @param ofCommand its streams
   * @param optionsOfCommand its options
   * @param sharedContext what it shares with the other commands of a shell
   */
  public CommandContext forCommand(
      Terminal ofCommand, CommonOptions optionsOfCommand, SharedContext sharedContext) {
    return new CommandContext(
        ofCommand,
        environment,
        workingDirectory,
        optionsOfCommand,
        Optional.of(sharedContext),
        runner);
  }
}
