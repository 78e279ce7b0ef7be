package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.StockRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Removes units after a check in the application. */
@Command(
    name = "remove-stock-check",
    description = "Remove units from an item; the check is made in the application.")
final class RemoveStockCheckCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Mixin private MoveOptions move;

  @Override
  public Integer call() {
    MoveRequest request = move.request();
    Terminal terminal = stock.terminal();
    try (Database database = stock.open(1)) {
      Removal removal = new StockRepository(database).removeChecked(request);
      if (removal instanceof Insufficient refused) {
        terminal.result(
            "Current stock is %s. Trying to remove %s."
                .formatted(refused.available(), refused.required()));
        terminal.result(Refusals.line(refused));
        return ExitCode.REFUSED;
      }
      terminal.result(
          "Successfully removed %s units from item %s on %s."
              .formatted(request.quantity(), request.itemId(), request.date()));
      LateMove.refreshClosings(database, terminal, request);
    }
    return ExitCode.DONE;
  }
}
