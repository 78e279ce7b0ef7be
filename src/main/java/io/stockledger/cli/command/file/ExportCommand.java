package io.stockledger.cli.command.file;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.MoveDatesOptions;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.OutputForm;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.move.MoveFilter;
import io.stockledger.ledger.move.MoveRepository;
import io.stockledger.ledger.move.RecordedHold;
import io.stockledger.ledger.move.RecordedMove;

/** Writes moves as comma-separated values. */
public final class ExportCommand extends Subcommand {
  private final ItemOption item = new ItemOption(options);

  private final MoveDatesOptions dates = new MoveDatesOptions(options);

  public ExportCommand(CommandContext context) {
    super(
        context,
        "export",
        "Write moves as comma-separated values: item_id, date, quantity, request_id, line, note,"
            + " hold. A removal has a negative quantity; line is 2/3 for the second of three lines of"
            + " a request; hold is when a hold expires, how it ended and when. The moves of an item are in the order in which they were made.");
    exitStatus(
        "0:all moves are written",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock export --from 2025-09-01 --to 2025-09-30");
  }

  @Override
  public Integer call() {
    item.check();
    dates.check();
    Output output = context.output(OutputForm.CSV);
    output.columns("item_id", "date", "quantity", "request_id", "line", "note", "hold");
    try (Database database = context.openForAggregates(1)) {
      MoveFilter filter = dates.filter(item.find(database));
      new MoveRepository(database)
          .forEach(
              filter,
              move -> {
                output.row(row(move));
                return !context.terminal().isResultLost();
              });
    }
    return ExitCode.DONE;
  }

  private static Row row(RecordedMove move) {
    return Row.of(
        "item_id", move.itemId(),
        "date", move.date(),
        "quantity", move.increment(),
        "request_id", move.requestId(),
        "line", move.line(),
        "note", move.note(),
        "hold", move.hold().map(RecordedHold::text).orElse(""));
  }
}
