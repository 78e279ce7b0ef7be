package io.stockledger.cli;

import java.util.List;

/** A group of commands in the usage of the root command. */
enum CommandGroup {
  BEGIN("Begin", "setup-db", "status", "config", "shell"),
  ITEMS_AND_MOVES(
      "Items and moves",
      "add-item",
      "list-items",
      "add-stock",
      "get-stock",
      "remove-stock-check",
      "remove-stock-atomic",
      "reverse-move",
      "list-moves",
      "list-stock"),
  DAYS("Days", "daily-summary", "run-batch", "list-closings", "chart"),
  FILES("Files", "import", "export"),
  CHECKS("Checks and measurements", "verify", "explain", "race"),
  HELP("Help", "help", "generate-completion");

  private final String heading;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it.
  private final List<String> commands;

  CommandGroup(String heading, String... commands) {
    this.heading = heading;
    this.commands = List.of(commands);
  }

  String heading() {
    return heading;
  }

  /** Returns the names of the commands. */
  List<String> commands() {
    return commands;
  }
}
