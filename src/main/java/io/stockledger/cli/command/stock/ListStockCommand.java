package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DayOption;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.Terminal;
import io.stockledger.db.Database;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.ItemStock;
import java.time.LocalDate;

/** Shows the stock of all items at the end of a day. */
public final class ListStockCommand extends Subcommand {
  private final DayOption day = new DayOption(options);

  private boolean isEmpty = true;
  private int exitCode = ExitCode.DONE;

  public ListStockCommand(CommandContext context) {
    super(
        context,
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
    Terminal terminal = context.terminal();
    context.output().columns("item_id", "item_code", "name", "stock");
    try (Database database = context.openForAggregates(1)) {
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
      context
          .output()
          .row(
              Row.of(
                  "item_id", itemId,
                  "item_code", stockOfItem.item().itemCode(),
                  "name", stockOfItem.item().name(),
                  "stock", stockOfItem.units()));
    } else {
      context
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
