package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.setup.LedgerSetup;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Creates the tables. */
@Command(
    name = "setup-db",
    description = {
      "Create the tables, their copies on TiFlash and the first item. Changes nothing that exists."
    },
    exitCodeList = {
      "0:the ledger is ready",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock setup-db --url jdbc:mysql://127.0.0.1:4000/test")
final class SetupDbCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Spec private CommandSpec spec;

  @Option(names = "--reset", description = "Delete the ledger first, with all that is in it.")
  private boolean reset;

  @Option(names = "--yes", description = "Answer the question of --reset.")
  private boolean yes;

  @Option(
      names = "--no-initial-data",
      description = "Register no first item: the ledger begins empty.")
  private boolean noInitialData;

  @Option(
      names = "--tiflash-timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      converter = Converters.Seconds.class,
      description = "How long to wait for the copies on TiFlash. Default: ${DEFAULT-VALUE}")
  private Duration tiflashTimeout;

  @Override
  public Integer call() {
    if (yes && !reset) {
      throw new ParameterException(
          spec.commandLine(), "--yes answers the question of --reset: give both, or neither.");
    }
    Terminal terminal = stock.terminal();
    try (Database database = stock.open(1)) {
      if (reset && !yes && !confirmed(database)) {
        stock.output().failure("not_confirmed", "Nothing was changed.", ExitCode.FAILURE);
        return ExitCode.FAILURE;
      }
      LedgerSetup setup = new LedgerSetup(database, terminal::message);
      if (reset) {
        setup.drop();
      }
      boolean made = setup.setUp(tiflashTimeout, !noInitialData);
      stock
          .output()
          .result(
              Row.of("database", database.toString(), "made", made),
              "The ledger is ready in "
                  + database
                  + (made ? ": it was made." : ": it was there already."));
    }
    return ExitCode.DONE;
  }

  private boolean confirmed(Database database) {
    return stock
        .terminal()
        .ask("This deletes all items, moves and closings in " + database + ". Type yes to go on: ")
        .strip()
        .equals("yes");
  }
}
