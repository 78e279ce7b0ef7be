package io.stockledger.cli.command.day;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DayOption;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.Terminal;
import io.stockledger.db.Database;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.ItemMovements;
import java.time.LocalDate;
import java.util.List;

/** Shows the movements of a day, per item. */
public final class DailySummaryCommand extends Subcommand {
  private final DayOption day = new DayOption(options);

  public DailySummaryCommand(CommandContext context) {
    super(
        context,
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
    Terminal terminal = context.terminal();
    List<ItemMovements> movements;
    try (Database database = context.openForAggregates(1)) {
      movements = new ClosingRepository(database, terminal::message).movements(date);
    }
    if (movements.isEmpty()) {
      terminal.message("No item moved on " + date + ".");
    }
    Output output = context.output();
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
