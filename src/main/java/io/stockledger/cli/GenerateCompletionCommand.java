package io.stockledger.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints the script that completes the words of this command in a shell. */
@Command(
    name = "generate-completion",
    description = {
      "Print a script with which bash and zsh complete commands and options when TAB is pressed. To"
          + " load it: source <(stock generate-completion)"
    },
    exitCodeList = {"0:the script is printed", ExitCode.USAGE_LINE},
    footer = "  stock generate-completion >stock_completion")
final class GenerateCompletionCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    stock.terminal().text(AutoComplete.bash(spec.root().name(), spec.root().commandLine()) + "\n");
    return ExitCode.DONE;
  }
}
