package io.stockledger.cli.command.day;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Converters;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.Terminal;
import io.stockledger.db.Database;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.StoredClosing;
import java.time.LocalDate;

/** Shows the closings of a day. */
public final class ListClosingsCommand extends Subcommand {
  private final Value<LocalDate> date =
      options.required(
          "--date",
          "DATE",
          LocalDate.class,
          new Converters.Day(),
          "The day: a date such as 2025-09-19, today, yesterday, monday or -7d.");

  private boolean isEmpty = true;

  public ListClosingsCommand(CommandContext context) {
    super(
        context,
        "list-closings",
        "Show the closings that run-batch wrote for a day, with tabs between: item, closing stock,"
            + " number of moves that it counts, when it was written, and 'stale' if moves dated up to"
            + " the day were made after those.");
    exitStatus(
        "0:the closings are shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock list-closings --date 2025-09-19");
  }

  @Override
  public Integer call() {
    Terminal terminal = context.terminal();
    context.output().columns("item_id", "closing_stock", "moves", "updated_at", "stale");
    try (Database database = context.openForAggregates(1)) {
      new ClosingRepository(database, terminal::message).forEachClosing(date.get(), this::show);
    }
    if (isEmpty) {
      terminal.message("No item has a closing of " + date.get() + ".");
    }
    return ExitCode.DONE;
  }

  private void show(StoredClosing closing) {
    isEmpty = false;
    context
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
