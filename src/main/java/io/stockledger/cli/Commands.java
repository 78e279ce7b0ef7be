package io.stockledger.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The list of the commands. To make the words of all of them takes a large part of a short
 * command's time, so a command line that begins with the name of a command gets that command alone.
 */
final class Commands {
  private static final List<String> NAMES =
      List.of(
          "setup-db",
          "add-item",
          "list-items",
          "add-stock",
          "get-stock",
          "remove-stock-check",
          "remove-stock-atomic",
          "reverse-move",
          "list-moves",
          "list-stock",
          "import",
          "daily-summary",
          "run-batch",
          "list-closings",
          "export",
          "verify",
          "race",
          "config",
          "shell",
          "status",
          "chart",
          "explain",
          "help",
          "generate-completion");

  /** The commands that show or run others, so they need all of them beside themselves. */
  private static final Set<String> ABOUT_OTHERS = Set.of("help", "generate-completion");

  private Commands() {}

  private static Subcommand make(String name, StockCommand stock) {
    return switch (name) {
      case "setup-db" -> new SetupDbCommand(stock);
      case "add-item" -> new AddItemCommand(stock);
      case "list-items" -> new ListItemsCommand(stock);
      case "add-stock" -> new AddStockCommand(stock);
      case "get-stock" -> new GetStockCommand(stock);
      case "remove-stock-check" -> new RemoveStockCheckCommand(stock);
      case "remove-stock-atomic" -> new RemoveStockAtomicCommand(stock);
      case "reverse-move" -> new ReverseMoveCommand(stock);
      case "list-moves" -> new ListMovesCommand(stock);
      case "list-stock" -> new ListStockCommand(stock);
      case "import" -> new ImportCommand(stock);
      case "daily-summary" -> new DailySummaryCommand(stock);
      case "run-batch" -> new RunBatchCommand(stock);
      case "list-closings" -> new ListClosingsCommand(stock);
      case "export" -> new ExportCommand(stock);
      case "verify" -> new VerifyCommand(stock);
      case "race" -> new RaceCommand(stock);
      case "config" -> new ConfigCommand(stock);
      case "shell" -> new ShellCommand(stock);
      case "status" -> new StatusCommand(stock);
      case "chart" -> new ChartCommand(stock);
      case "explain" -> new ExplainCommand(stock);
      case "help" -> new HelpCommand(stock);
      case "generate-completion" -> new GenerateCompletionCommand(stock);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * Adds the commands that the arguments may name: one if the first argument is its name, else all.
   * In either case the command line reads the arguments in the same way, because the commands have
   * no subcommands of their own.
   */
  static void addTo(CommandLine root, StockCommand stock, String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean isOne = NAMES.contains(first) && !ABOUT_OTHERS.contains(first);
    for (String name : isOne ? List.of(first) : NAMES) {
      CommandSpec command = make(name, stock).spec;
      addHelp(command);
      root.addSubcommand(name, command);
    }
    addHelp(root.getCommandSpec());
  }

  /**
   * Adds the options that picocli calls standard, with its words. Not by {@code
   * mixinStandardHelpOptions}, which reads annotations.
   */
  private static void addHelp(CommandSpec command) {
    command.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    command.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print version information and exit.")
            .build());
  }
}
