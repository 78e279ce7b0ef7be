package io.stockledger.cli.command.setup;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;

/** Prints the script that completes the words of this command in a shell. */
public final class GenerateCompletionCommand extends Subcommand {
  public GenerateCompletionCommand(CommandContext context) {
    super(
        context,
        "generate-completion",
        "Print a script with which bash and zsh complete commands, options and profiles when TAB is pressed. To"
            + " load it: source <(stock generate-completion)");
    exitStatus("0:the script is printed", ExitCode.USAGE_ALONE_LINE);
    example("stock generate-completion >stock_completion");
  }

  @Override
  public Integer call() {
    context.terminal().text(CompletionScript.of(spec.root().commandLine()));
    return ExitCode.DONE;
  }
}
