package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveFilter;
import io.stockledger.ledger.MoveRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes moves as comma-separated values. */
@Command(
    name = "export",
    description = {
      "Write moves as comma-separated values: item_id, date, quantity, request_id. A removal has a"
          + " negative quantity. The moves of an item are in the order in which they were made."
    })
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Option(
      names = "--item-id",
      paramLabel = "NUMBER",
      converter = Converters.WholeNumber.class,
      description = "Only moves of this item.")
  private Long itemId;

  @Mixin private MoveDatesOptions dates;

  @Override
  public Integer call() {
    MoveFilter filter = dates.filter(itemId);
    Terminal terminal = stock.terminal();
    try (Database database = stock.openForAggregates(1)) {
      Csv csv = new Csv(terminal, "item_id", "date", "quantity", "request_id");
      new MoveRepository(database)
          .forEach(
              filter,
              move -> {
                csv.add(move.itemId(), move.date(), move.increment(), move.requestId());
                return !terminal.isResultLost();
              });
      csv.end();
    }
    return ExitCode.DONE;
  }
}
