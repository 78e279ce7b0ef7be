package io.stockledger.cli.shell;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.CommandInterrupt;
import io.stockledger.cli.command.SharedContext;
import io.stockledger.cli.command.SharedDatabase;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.connection.ConnectionOptions;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.OutputForm;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Runs many commands in one process. */
public final class ShellCommand extends Subcommand {
  private final Value<Path> file =
      options.fileParameter(
          false, "The commands, one per line; - for stdin. Default: the terminal, or else stdin.");

  private final Value<Boolean> keepGoing =
      options.flag(
          "--keep-going",
          "Run all lines of a script, and end with the first exit status that was not 0.");

  public ShellCommand(CommandContext context) {
    super(
        context,
        "shell",
        "Run many commands in one process, over one connection: typed at a prompt, or one per line"
            + " from FILE or stdin. A line has the words of the command line, with quotes; # begins a"
            + " comment. A script stops at the first command whose exit status is not 0, and ends"
            + " with that status. exit, quit or Ctrl-D ends the shell.",
        "The options of the connection are given to the shell, not to its commands. What is typed is"
            + " kept in $XDG_STATE_HOME/stock/history (by default below ~/.local/state), without lines"
            + " that have a password or a URL in them.");
    exitStatus(
        "0:the shell was ended, or all commands of the script ended with 0",
        "1:failure, or the status of the script's first command that did not end with 0",
        ExitCode.USAGE_LINE,
        "3:the status of a command of the script",
        "4:the status of a command of the script",
        ExitCode.UNREACHABLE_LINE);
    example("stock shell");
  }

  @Override
  public Integer call() throws IOException {
    if (context.isInShell()) {
      throw new ParameterException(
          spec.commandLine(), "A shell can't be begun in a shell. Type the command itself.");
    }
    try (SharedContext shared = context.share();
        ShellLines lines = lines(shared.database())) {
      CommandInterrupt interrupt = lines.interrupt();
      SharedContext interruptible = shared.with(interrupt);
      return new Shell(
              lines,
              (terminal, words) ->
                  interrupt.during(
                      () -> context.runner().run(context, terminal, interruptible, words)),
              Output.of(
                  shared.form().orElse(OutputForm.TEXT), shared.csvStyle(), context.terminal()),
              keepGoing.get())
          .run();
    }
  }

  private ShellLines lines(SharedDatabase database) throws IOException {
    if (file.isGiven() && !file.get().equals(Options.STDIN)) {
      return script(file.get());
    }
    if (file.isGiven() || !context.terminal().isScreen()) {
      return ScriptLines.ofStdin(context.terminal());
    }
    context.terminal().message("Database: " + database + ". Tab completes; exit or Ctrl-D ends.");
    return PromptLines.open(
        context.configuration().profile().orElse(database.schema()),
        context.runner().model(),
        connectionOptions(),
        history(),
        context.terminal());
  }

  private Set<String> connectionOptions() {
    return spec.root().options().stream()
        .filter(ConnectionOptions::haveOption)
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }

  private ShellLines script(Path path) {
    try {
      return ScriptLines.of(path, context.terminal());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "Can't read the file " + PrintableText.quoted(file.get().toString()) + ".",
          e);
    }
  }

  private Optional<Path> history() {
    try {
      return Optional.of(ShellHistory.file(context.environment()));
    } catch (IOException e) {
      context.terminal().message("What you type is not kept: can't write " + e.getMessage() + ".");
      return Optional.empty();
    }
  }
}
