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

/** Removes units in one statement. */
@Command(
    name = "remove-stock-atomic",
    description = "Remove units from an item; one statement checks and writes.")
final class RemoveStockAtomicCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Mixin private MoveOptions move;

  @Override
  public Integer call() {
    MoveRequest request = move.request();
    Terminal terminal = stock.terminal();
    try (Database database = stock.open(1)) {
      Removal removal = new StockRepository(database).removeAtomic(request);
      if (removal instanceof Insufficient refused) {
        terminal.result(Refusals.line(refused));
        return ExitCode.REFUSED;
      }
      terminal.result(
          "Successfully removed %s units from item %s (atomic)."
              .formatted(request.quantity(), request.itemId()));
      LateMove.refreshClosings(database, terminal, request);
    }
    return ExitCode.DONE;
  }
}
