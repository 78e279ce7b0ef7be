package io.stockledger.cli;

import io.stockledger.ledger.PrintableText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** Runs many commands in one process. */
final class ShellCommand extends Subcommand {
  private final Value<String> file =
      options.fileParameter(
          false, "The commands, one per line; - for stdin. Default: the terminal, or else stdin.");

  private final Value<Boolean> keepGoing =
      options.flag(
          "--keep-going",
          "Run all lines of a script, and end with the first exit status that was not 0.");

  ShellCommand(StockCommand stock) {
    super(
        stock,
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
    if (stock.isInShell()) {
      throw new ParameterException(
          spec.commandLine(), "A shell can't be begun in a shell. Type the command itself.");
    }
    try (ShellContext context = stock.shellContext();
        ShellLines lines = lines(context.database())) {
      CommandInterrupt interrupt = lines.interrupt();
      ShellContext interruptible = context.with(interrupt);
      return new Shell(
              lines,
              (terminal, words) ->
                  interrupt.during(() -> stock.runInShell(interruptible, terminal, words)),
              Output.of(context.form().orElse(OutputForm.TEXT), stock.terminal()),
              keepGoing.get())
          .run();
    }
  }

  private ShellLines lines(ShellDatabase database) throws IOException {
    if (file.isGiven() && !file.get().equals("-")) {
      return script(PathArgument.of(spec, "FILE", file.get()));
    }
    if (file.isGiven() || !stock.terminal().isScreen()) {
      return ScriptLines.ofStdin(stock.terminal());
    }
    stock.terminal().message("Database: " + database + ". Tab completes; exit or Ctrl-D ends.");
    return PromptLines.open(
        StockCommand.words().getCommandSpec(),
        stock.connectionOptions(),
        history(),
        stock.terminal());
  }

  private ShellLines script(Path path) {
    try {
      return ScriptLines.of(path, stock.terminal());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "Can't read the file " + PrintableText.quoted(file.get()) + ".", e);
    }
  }

  private Optional<Path> history() {
    try {
      return Optional.of(ShellHistory.file(stock.environment()));
    } catch (IOException e) {
      stock.terminal().message("What you type is not kept: can't write " + e.getMessage() + ".");
      return Optional.empty();
    }
  }
}
