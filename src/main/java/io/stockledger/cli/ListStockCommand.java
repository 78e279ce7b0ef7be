package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.aggregate.ClosingRepository;
import io.stockledger.ledger.aggregate.ItemStock;
import java.time.LocalDate;

/** Shows the stock of all items at the end of a day. */
final class ListStockCommand extends Subcommand {
  private final DayOption day = new DayOption(options);

  private boolean isEmpty = true;
  private int exitCode = ExitCode.DONE;

  ListStockCommand(StockCommand stock) {
    super(
        stock,
        "list-stock",
        "Show the stock of all items at the end of a day, read on TiFlash: number, code, name and"
            + " stock with tabs between.");
    exitStatus(
        "0:the stocks are shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock list-stock --date yesterday");
  }

  @Override
  public Integer call() {
    LocalDate date = day.date();
    Terminal terminal = stock.terminal();
    stock.output().columns("item_id", "item_code", "name", "stock");
    try (Database database = stock.openForAggregates(1)) {
      new ClosingRepository(database, terminal::message)
          .forEachStock(date, item -> show(date, item));
    }
    if (isEmpty) {
      terminal.message("No item is registered.");
    }
    return exitCode;
  }

  private void show(LocalDate date, ItemStock stockOfItem) {
    isEmpty = false;
    long itemId = stockOfItem.item().itemId();
    if (stockOfItem.isInRange()) {
      stock
          .output()
          .row(
              Row.of(
                  "item_id", itemId,
                  "item_code", stockOfItem.item().itemCode(),
                  "name", stockOfItem.item().name(),
                  "stock", stockOfItem.units()));
    } else {
      stock
          .output()
          .failure(
              "sum_out_of_range",
              "Item "
                  + itemId
                  + " is left out: its stock on "
                  + date
                  + " is "
                  + stockOfItem.units()
                  + ", which a BIGINT does not hold.",
              ExitCode.FAILURE);
      exitCode = ExitCode.FAILURE;
    }
  }
}
