package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.StockRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Adds units to an item. */
@Command(name = "add-stock", description = "Add units to an item.")
final class AddStockCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Mixin private MoveOptions move;

  @Override
  public Integer call() {
    MoveRequest request = move.request();
    try (Database database = stock.open(1)) {
      new StockRepository(database).add(request);
      Terminal terminal = stock.terminal();
      terminal.result(
          "Successfully added %s units to item %s on %s."
              .formatted(request.quantity(), request.itemId(), request.date()));
      LateMove.refreshClosings(database, terminal, request);
    }
    return ExitCode.DONE;
  }
}
