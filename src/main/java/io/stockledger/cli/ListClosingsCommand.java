package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.aggregate.ClosingRepository;
import io.stockledger.ledger.aggregate.StoredClosing;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows the closings of a day. */
@Command(
    name = "list-closings",
    description = {
      "Show the closings that run-batch wrote for a day, with tabs between: item, closing stock,"
          + " number of moves that it counts, when it was written, and 'stale' if moves dated up to"
          + " the day were made after those."
    },
    exitCodeList = {
      "0:the closings are shown",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock list-closings --date 2025-09-19")
final class ListClosingsCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Option(
      names = "--date",
      required = true,
      paramLabel = "DATE",
      converter = Converters.Day.class,
      description = "The day: a date such as 2025-09-19, today or yesterday.")
  private LocalDate date;

  private boolean isEmpty = true;

  @Override
  public Integer call() {
    Terminal terminal = stock.terminal();
    stock.output().columns("item_id", "closing_stock", "moves", "updated_at", "stale");
    try (Database database = stock.openForAggregates(1)) {
      new ClosingRepository(database, terminal::message).forEachClosing(date, this::show);
    }
    if (isEmpty) {
      terminal.message("No item has a closing of " + date + ".");
    }
    return ExitCode.DONE;
  }

  private void show(StoredClosing closing) {
    isEmpty = false;
    stock
        .output()
        .row(
            Row.of(
                "item_id", closing.itemId(),
                "closing_stock", closing.units(),
                "moves", closing.moveNo(),
                "updated_at", closing.updatedAt(),
                "stale", closing.isStale()));
  }
}
