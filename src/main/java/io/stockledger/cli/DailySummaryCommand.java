package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.aggregate.ClosingRepository;
import io.stockledger.ledger.aggregate.ItemMovements;
import java.time.LocalDate;
import java.util.List;

/** Shows the movements of a day, per item. */
final class DailySummaryCommand extends Subcommand {
  private final DayOption day = new DayOption(options);

  DailySummaryCommand(StockCommand stock) {
    super(
        stock,
        "daily-summary",
        "Show the sum of the movements of a day, item by item, read on TiFlash. The forms json and csv"
            + " also have code and name, units added and removed, and the number of moves.");
    exitStatus(
        "0:the sums are shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock daily-summary --date yesterday");
  }

  @Override
  public Integer call() {
    LocalDate date = day.date();
    Terminal terminal = stock.terminal();
    List<ItemMovements> movements;
    try (Database database = stock.openForAggregates(1)) {
      movements = new ClosingRepository(database, terminal::message).movements(date);
    }
    if (movements.isEmpty()) {
      terminal.message("No item moved on " + date + ".");
    }
    Output output = stock.output();
    output.columns("date", "item_id", "item_code", "name", "additions", "removals", "moves", "sum");
    movements.forEach(moved -> output.line(row(date, moved), line(date, moved)));
    return ExitCode.DONE;
  }

  private static String line(LocalDate date, ItemMovements moved) {
    return "Sum of movements of item %s on %s: %s"
        .formatted(moved.item().itemId(), date, moved.sum());
  }

  private static Row row(LocalDate date, ItemMovements moved) {
    return Row.of(
        "date", date,
        "item_id", moved.item().itemId(),
        "item_code", moved.item().itemCode(),
        "name", moved.item().name(),
        "additions", moved.additions(),
        "removals", moved.removals(),
        "moves", moved.moves(),
        "sum", moved.sum());
  }
}
