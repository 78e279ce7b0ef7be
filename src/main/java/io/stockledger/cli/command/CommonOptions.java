package io.stockledger.cli.command;

import io.stockledger.cli.connection.ConnectionOptions;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.OutputOptions;
import io.stockledger.cli.option.Value;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;

/** The options that all commands share: those of the connection, of the output and of messages. */
public final class CommonOptions {
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
