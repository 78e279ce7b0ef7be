package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.aggregate.ClosingRepository;
import io.stockledger.ledger.aggregate.ItemSum;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows the sum of the movements of a day, per item. */
@Command(
    name = "daily-summary",
    description = "Show the sum of the movements of a day, item by item, read on TiFlash.")
final class DailySummaryCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Mixin private DayOption day;

  @Override
  public Integer call() {
    LocalDate date = day.date();
    Terminal terminal = stock.terminal();
    List<ItemSum> movements;
    try (Database database = stock.openForAggregates(1)) {
      movements = new ClosingRepository(database, terminal::message).movements(date);
    }
    if (movements.isEmpty()) {
      terminal.message("No item moved on " + date + ".");
    }
    for (ItemSum movement : movements) {
      terminal.result(
          "Sum of movements of item "
              + movement.itemId()
              + " on "
              + date
              + ": "
              + movement.units());
    }
    return ExitCode.DONE;
  }
}
