package io.stockledger.cli;

import static io.stockledger.cli.CommandGroup.BEGIN;
import static io.stockledger.cli.CommandGroup.CHECKS;
import static io.stockledger.cli.CommandGroup.DAYS;
import static io.stockledger.cli.CommandGroup.FILES;
import static io.stockledger.cli.CommandGroup.HELP;
import static io.stockledger.cli.CommandGroup.ITEMS_AND_MOVES;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.command.check.ExplainCommand;
import io.stockledger.cli.command.check.RaceCommand;
import io.stockledger.cli.command.check.VerifyCommand;
import io.stockledger.cli.command.day.ChartCommand;
import io.stockledger.cli.command.day.DailySummaryCommand;
import io.stockledger.cli.command.day.ListClosingsCommand;
import io.stockledger.cli.command.day.RunBatchCommand;
import io.stockledger.cli.command.file.ExportCommand;
import io.stockledger.cli.command.file.ImportCommand;
import io.stockledger.cli.command.setup.ConfigCommand;
import io.stockledger.cli.command.setup.GenerateCompletionCommand;
import io.stockledger.cli.command.setup.HelpCommand;
import io.stockledger.cli.command.setup.SetupDbCommand;
import io.stockledger.cli.command.setup.StatusCommand;
import io.stockledger.cli.command.stock.AddItemCommand;
import io.stockledger.cli.command.stock.AddStockCommand;
import io.stockledger.cli.command.stock.CommitHoldCommand;
import io.stockledger.cli.command.stock.CorrectMoveCommand;
import io.stockledger.cli.command.stock.CountStockCommand;
import io.stockledger.cli.command.stock.GetStockCommand;
import io.stockledger.cli.command.stock.HoldStockCommand;
import io.stockledger.cli.command.stock.ListHoldsCommand;
import io.stockledger.cli.command.stock.ListItemsCommand;
import io.stockledger.cli.command.stock.ListMovesCommand;
import io.stockledger.cli.command.stock.ListStockCommand;
import io.stockledger.cli.command.stock.PostMovesCommand;
import io.stockledger.cli.command.stock.ReleaseHoldCommand;
import io.stockledger.cli.command.stock.RemoveStockCommand;
import io.stockledger.cli.command.stock.ReverseMoveCommand;
import io.stockledger.cli.command.stock.UpdateItemCommand;
import io.stockledger.cli.command.stream.StreamCommand;
import io.stockledger.cli.shell.ShellCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The registry of the commands: the one place that names each of them, its group in the usage and
 * its class. All else that lists commands is made from it or checked against it.
 *
 * <p>To make the words of all commands takes a large part of a short command's time, so a command
 * line that begins with the name of a command gets that command alone.
 */
final class Commands {
  private static final Map<String, Command> ALL = new LinkedHashMap<>();

  /** The commands that show or run others, so they need all of them beside themselves. */
  private static final Set<String> ABOUT_OTHERS = Set.of("help", "generate-completion");

  /** A command that is not made yet. */
  private record Command(CommandGroup group, Function<CommandContext, Subcommand> factory) {}

  static {
    add("setup-db", BEGIN, SetupDbCommand::new);
    add("add-item", ITEMS_AND_MOVES, AddItemCommand::new);
    add("update-item", ITEMS_AND_MOVES, UpdateItemCommand::new);
    add("list-items", ITEMS_AND_MOVES, ListItemsCommand::new);
    add("add-stock", ITEMS_AND_MOVES, AddStockCommand::new);
    add("get-stock", ITEMS_AND_MOVES, GetStockCommand::new);
    add("remove-stock-check", ITEMS_AND_MOVES, RemoveStockCommand::check);
    add("remove-stock-atomic", ITEMS_AND_MOVES, RemoveStockCommand::atomic);
    add("add", ITEMS_AND_MOVES, AddStockCommand::shortForm);
    add("get", ITEMS_AND_MOVES, GetStockCommand::shortForm);
    add("remove", ITEMS_AND_MOVES, RemoveStockCommand::shortForm);
    add("post-moves", ITEMS_AND_MOVES, PostMovesCommand::new);
    add("count-stock", ITEMS_AND_MOVES, CountStockCommand::new);
    add("reverse-move", ITEMS_AND_MOVES, ReverseMoveCommand::new);
    add("correct-move", ITEMS_AND_MOVES, CorrectMoveCommand::new);
    add("hold-stock", ITEMS_AND_MOVES, HoldStockCommand::new);
    add("commit-hold", ITEMS_AND_MOVES, CommitHoldCommand::new);
    add("release-hold", ITEMS_AND_MOVES, ReleaseHoldCommand::new);
    add("list-holds", ITEMS_AND_MOVES, ListHoldsCommand::new);
    add("list-moves", ITEMS_AND_MOVES, ListMovesCommand::new);
    add("list-stock", ITEMS_AND_MOVES, ListStockCommand::new);
    add("import", FILES, ImportCommand::new);
    add("daily-summary", DAYS, DailySummaryCommand::new);
    add("run-batch", DAYS, RunBatchCommand::new);
    add("list-closings", DAYS, ListClosingsCommand::new);
    add("export", FILES, ExportCommand::new);
    add("verify", CHECKS, VerifyCommand::new);
    add("race", CHECKS, RaceCommand::new);
    add("config", BEGIN, ConfigCommand::new);
    add("shell", BEGIN, ShellCommand::new);
    add("stream", BEGIN, StreamCommand::new);
    add("status", BEGIN, StatusCommand::new);
    add("chart", DAYS, ChartCommand::new);
    add("explain", CHECKS, ExplainCommand::new);
    add("help", HELP, HelpCommand::new);
    add("generate-completion", HELP, GenerateCompletionCommand::new);
  }

  private Commands() {}

  private static void add(
      String name, CommandGroup group, Function<CommandContext, Subcommand> factory) {
    ALL.put(name, new Command(group, factory));
  }

  /**
   * Adds the commands that the arguments may name: one if the first argument is its name, else all.
   * In either case the command line reads the arguments in the same way, because the commands have
   * no subcommands of their own.
   */
  static void addTo(CommandLine root, CommandContext context, String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean isOne = ALL.containsKey(first) && !ABOUT_OTHERS.contains(first);
    for (String name : isOne ? Set.of(first) : ALL.keySet()) {
      CommandSpec command = ALL.get(name).factory().apply(context).spec();
      addHelp(command);
      root.addSubcommand(name, command);
    }
    addHelp(root.getCommandSpec());
  }

  /** Returns the group of a command. */
  static CommandGroup group(String name) {
    return ALL.get(name).group();
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
