package io.stockledger.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * The list of the commands. picocli reads the annotations of each class that is added to a command
 * line, which takes a large part of a short command's time. So a command line that begins with the
 * name of a command gets that command alone.
 */
final class Commands {
  private static final Map<String, Class<?>> BY_NAME = byName();

  /** The commands that show or run others, so they need all of them beside themselves. */
  private static final Set<String> ABOUT_OTHERS = Set.of("help", "generate-completion");

  private Commands() {}

  private static Map<String, Class<?>> byName() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("setup-db", SetupDbCommand.class);
    commands.put("add-item", AddItemCommand.class);
    commands.put("list-items", ListItemsCommand.class);
    commands.put("add-stock", AddStockCommand.class);
    commands.put("get-stock", GetStockCommand.class);
    commands.put("remove-stock-check", RemoveStockCheckCommand.class);
    commands.put("remove-stock-atomic", RemoveStockAtomicCommand.class);
    commands.put("reverse-move", ReverseMoveCommand.class);
    commands.put("list-moves", ListMovesCommand.class);
    commands.put("list-stock", ListStockCommand.class);
    commands.put("import", ImportCommand.class);
    commands.put("daily-summary", DailySummaryCommand.class);
    commands.put("run-batch", RunBatchCommand.class);
    commands.put("list-closings", ListClosingsCommand.class);
    commands.put("export", ExportCommand.class);
    commands.put("verify", VerifyCommand.class);
    commands.put("race", RaceCommand.class);
    commands.put("config", ConfigCommand.class);
    commands.put("shell", ShellCommand.class);
    commands.put("status", StatusCommand.class);
    commands.put("chart", ChartCommand.class);
    commands.put("explain", ExplainCommand.class);
    commands.put("help", HelpCommand.class);
    commands.put("generate-completion", GenerateCompletionCommand.class);
    return Collections.unmodifiableMap(commands);
  }

  /**
   * Adds the commands that the arguments may name: one if the first argument is its name, else all.
   * In either case the command line reads the arguments in the same way, because the commands have
   * no subcommands of their own.
   */
  static void addTo(CommandLine root, String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (BY_NAME.containsKey(first) && !ABOUT_OTHERS.contains(first)) {
      root.addSubcommand(first, BY_NAME.get(first));
    } else {
      // No method reference: LauncherIT.theArchiveHasTheClassesOfPicocli.
      BY_NAME.forEach((name, command) -> root.addSubcommand(name, command));
    }
  }
}
