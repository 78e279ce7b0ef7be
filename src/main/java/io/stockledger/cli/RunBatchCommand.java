package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.ClosingRepository;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Closes a day. */
@Command(
    name = "run-batch",
    description = {
      "Write the closing stock of each item that moved on a day into stock_moves_history, read on"
          + " TiFlash. It may run at any time and any number of times."
    })
final class RunBatchCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Mixin private DayOption day;

  @Override
  public Integer call() {
    LocalDate date = day.date();
    Terminal terminal = stock.terminal();
    long[] items = {0};
    try (Database database = stock.openForAggregates(1)) {
      new ClosingRepository(database, terminal::message)
          .close(
              date,
              closing -> {
                items[0]++;
                terminal.result(
                    "Closing stock of item "
                        + closing.itemId()
                        + " on "
                        + date
                        + ": "
                        + closing.units());
              });
    }
    if (items[0] == 0) {
      terminal.message("No item moved on " + date + ".");
    }
    return ExitCode.DONE;
  }
}
