package io.stockledger.cli;

/** A group of commands in the usage of the root command. */
enum CommandGroup {
  BEGIN("Begin"),
  ITEMS_AND_MOVES("Items and moves"),
  DAYS("Days"),
  FILES("Files"),
  CHECKS("Checks and measurements"),
  HELP("Help");

  private final String heading;

  CommandGroup(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }
}
