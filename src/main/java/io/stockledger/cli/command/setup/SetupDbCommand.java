package io.stockledger.cli.command.setup;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Converters;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.Terminal;
import io.stockledger.db.Database;
import io.stockledger.ledger.setup.LedgerSetup;
import java.time.Duration;
import picocli.CommandLine.ParameterException;

/** Creates the tables. */
public final class SetupDbCommand extends Subcommand {
  private final Value<Boolean> reset =
      options.flag("--reset", "Delete the ledger first, with all that is in it.");

  private final Value<Boolean> yes = options.flag("--yes", "Answer the question of --reset.");

  private final Value<Boolean> noInitialData =
      options.flag(
          "--no-initial-data",
          "Register no first item: the ledger begins empty, as one in earnest does.");

  private final Value<Duration> tiflashTimeout =
      options.withDefault(
          "300",
          "--tiflash-timeout",
          "SECONDS",
          Duration.class,
          new Converters.Seconds(),
          "How long to wait for the copies on TiFlash. Default: ${DEFAULT-VALUE}");

  public SetupDbCommand(CommandContext context) {
    super(
        context,
        "setup-db",
        "Create the tables, their copies on TiFlash and, unless --no-initial-data is given, an item to"
            + " try things with. Changes nothing that exists.");
    exitStatus(
        "0:the ledger is ready",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock setup-db --url jdbc:mysql://127.0.0.1:4000/test");
  }

  @Override
  public Integer call() {
    if (yes.get() && !reset.get()) {
      throw new ParameterException(
          spec.commandLine(), "--yes answers the question of --reset: give both, or neither.");
    }
    Terminal terminal = context.terminal();
    try (Database database = context.open(1)) {
      if (reset.get() && !yes.get() && !confirmed(database)) {
        context.output().failure("not_confirmed", "Nothing was changed.", ExitCode.FAILURE);
        return ExitCode.FAILURE;
      }
      LedgerSetup setup = new LedgerSetup(database, terminal::message);
      if (reset.get()) {
        setup.drop();
      }
      boolean made = setup.setUp(tiflashTimeout.get(), !noInitialData.get());
      context
          .output()
          .result(
              Row.of("database", database.toString(), "made", made),
              "The ledger is ready in "
                  + database
                  + (made ? ": it was made." : ": it was there already."));
      if (made && !noInitialData.get()) {
        terminal.message(
            "It has an example, item 101 with 100 units. Without the example: "
                + context.commandLine("setup-db")
                + " --reset --no-initial-data");
      }
    }
    return ExitCode.DONE;
  }

  private boolean confirmed(Database database) {
    return context
        .terminal()
        .ask(
            "This deletes all items, moves, holds, counts and closings in "
                + database
                + ". Type yes to go on: ")
        .strip()
        .equals("yes");
  }
}
