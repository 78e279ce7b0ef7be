package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.SumOutOfRangeException;
import io.stockledger.ledger.aggregate.ClosingRepository;
import io.stockledger.ledger.aggregate.ItemMovements;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows the movements of a day, per item. */
@Command(
    name = "daily-summary",
    description = "Show the sum of the movements of a day, item by item, read on TiFlash.")
final class DailySummaryCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Mixin private DayOption day;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "text",
      converter = Converters.Form.class,
      description = {
        "text, json (one object per line) or csv; the last two also have code and name, units added"
            + " and removed, and the number of moves. Default: ${DEFAULT-VALUE}"
      })
  private SummaryForm form;

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
    switch (form) {
      case TEXT -> writeText(date, movements);
      case JSON -> SummaryJson.write(date, movements, terminal.resultWriter());
      case CSV -> writeCsv(date, movements);
    }
    return ExitCode.DONE;
  }

  private void writeText(LocalDate date, List<ItemMovements> movements) {
    // All sums before the first line: a command that fails prints nothing.
    List<String> lines =
        movements.stream()
            .map(
                moved ->
                    "Sum of movements of item "
                        + moved.item().itemId()
                        + " on "
                        + date
                        + ": "
                        + SumOutOfRangeException.units(moved.sum()))
            .toList();
    lines.forEach(stock.terminal()::result);
  }

  private void writeCsv(LocalDate date, List<ItemMovements> movements) {
    Csv csv =
        new Csv(
            stock.terminal(),
            "date",
            "item_id",
            "item_code",
            "name",
            "additions",
            "removals",
            "moves",
            "sum");
    for (ItemMovements moved : movements) {
      csv.add(
          date,
          moved.item().itemId(),
          moved.item().itemCode(),
          moved.item().name(),
          moved.additions(),
          moved.removals(),
          moved.moves(),
          moved.sum());
    }
    csv.end();
  }
}
