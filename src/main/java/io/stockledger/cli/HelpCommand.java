package io.stockledger.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows the usage of a command, or the list of the commands. */
@Command(
    name = "help",
    description = "Show the usage of a command, or the list of all commands.",
    exitCodeList = {"0:the usage is shown", ExitCode.USAGE_LINE},
    footer = "  stock help run-batch")
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
  private String command;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    CommandLine about = command == null ? root : root.getSubcommands().get(command);
    if (about == null) {
      throw new UnmatchedArgumentException(root, List.of(command));
    }
    about.usage(root.getOut());
    return ExitCode.DONE;
  }
}
