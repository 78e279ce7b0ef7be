package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveFilter;
import io.stockledger.ledger.MoveRepository;
import io.stockledger.ledger.RecordedMove;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Writes moves as comma-separated values. */
@Command(
    name = "export",
    description = {
      "Write moves as comma-separated values: item_id, date, quantity, request_id. A removal has a"
          + " negative quantity. The moves of an item are in the order in which they were made."
    },
    exitCodeList = {
      "0:all moves are written",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock export --from 2025-09-01 --to 2025-09-30")
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Mixin private ItemOption item;

  @Mixin private MoveDatesOptions dates;

  @Override
  public Integer call() {
    item.check();
    dates.check();
    Output output = stock.output(OutputForm.CSV);
    output.columns("item_id", "date", "quantity", "request_id");
    try (Database database = stock.openForAggregates(1)) {
      MoveFilter filter = dates.filter(item.find(database));
      new MoveRepository(database)
          .forEach(
              filter,
              move -> {
                output.row(row(move));
                return !stock.terminal().isResultLost();
              });
    }
    return ExitCode.DONE;
  }

  private static Row row(RecordedMove move) {
    return Row.of(
        "item_id", move.itemId(),
        "date", move.date(),
        "quantity", move.increment(),
        "request_id", move.requestId());
  }
}
