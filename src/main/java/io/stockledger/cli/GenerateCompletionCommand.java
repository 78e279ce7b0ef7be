package io.stockledger.cli;

import picocli.AutoComplete;

/** Prints the script that completes the words of this command in a shell. */
final class GenerateCompletionCommand extends Subcommand {
  GenerateCompletionCommand(StockCommand stock) {
    super(
        stock,
        "generate-completion",
        "Print a script with which bash and zsh complete commands and options when TAB is pressed. To"
            + " load it: source <(stock generate-completion)");
    exitStatus("0:the script is printed", ExitCode.USAGE_ALONE_LINE);
    example("stock generate-completion >stock_completion");
  }

  @Override
  public Integer call() {
    stock.terminal().text(AutoComplete.bash(spec.root().name(), spec.root().commandLine()) + "\n");
    return ExitCode.DONE;
  }
}
