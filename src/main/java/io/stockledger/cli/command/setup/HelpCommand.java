package io.stockledger.cli.command.setup;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Value;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows the usage of a command, or the list of the commands. */
public final class HelpCommand extends Subcommand {
  private final Value<String> command = options.parameter("COMMAND", "The command.", this::names);

  public HelpCommand(CommandContext context) {
    super(context, "help", "Show the usage of a command, or the list of all commands.");
    exitStatus("0:the usage is shown", ExitCode.USAGE_ALONE_LINE);
    example("stock help run-batch");
  }

  /** All commands are there only when the words are completed. */
  private Iterator<String> names() {
    return spec.root().subcommands().keySet().iterator();
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    CommandLine about = command.isGiven() ? root.getSubcommands().get(command.get()) : root;
    if (about == null) {
      throw new UnmatchedArgumentException(root, List.of(command.get()));
    }
    about.usage(root.getOut());
    return ExitCode.DONE;
  }
}
