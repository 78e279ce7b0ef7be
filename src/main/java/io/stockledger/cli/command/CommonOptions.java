package io.stockledger.cli.command;

import io.stockledger.cli.connection.ConnectionOptions;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.OutputOptions;
import io.stockledger.cli.option.Value;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;

/** The options that all commands share: those of the connection, of the output and of messages. */
public final class CommonOptions {
  private static final String TIMESTAMPS = "--timestamps";
  private static final String TIMESTAMPS_VARIABLE = "STOCK_LOG_TIMESTAMPS";

  private final CommandSpec command;
  private final ConnectionOptions connection;
  private final OutputOptions output;
  private final Value<Boolean> verbose;
  private final Value<Boolean> debug;

  /** Adds the options to the root command, from which every other command inherits them. */
  public CommonOptions(CommandSpec root) {
    command = root;
    Options options = new Options(root, ScopeType.INHERIT);
    connection = new ConnectionOptions(options);
    output = new OutputOptions(options);
    verbose =
        options.flag(
            "-v",
            "--verbose",
            "Show on stderr more of what was done, and each statement with its time.");
    debug = options.flag("--debug", "Show where an error came from.");
    options.flag(
        TIMESTAMPS,
        "Put the time before each line of stderr. The same by STOCK_LOG_TIMESTAMPS=yes.");
  }

  /**
   * Whether the time is to be put before each line of stderr. It is looked for here, not by the
   * parser, whose errors are such lines too.
   */
  public static boolean askForTimestamps(List<String> arguments, Map<String, String> environment) {
    return arguments.contains(TIMESTAMPS)
        || !environment.getOrDefault(TIMESTAMPS_VARIABLE, "").isEmpty();
  }

  /** Returns the root command, for an error about the options. */
  CommandSpec command() {
    return command;
  }

  ConnectionOptions connection() {
    return connection;
  }

  OutputOptions output() {
    return output;
  }

  boolean isVerbose() {
    return verbose.get();
  }

  boolean isDebug() {
    return debug.get();
  }
}
