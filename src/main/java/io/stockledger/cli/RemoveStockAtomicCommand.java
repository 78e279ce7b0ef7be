package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.Removal.Removed;

/** Removes units in one statement. */
final class RemoveStockAtomicCommand extends Subcommand {
  private final MoveOptions move = new MoveOptions(options);

  RemoveStockAtomicCommand(StockCommand stock) {
    super(
        stock,
        "remove-stock-atomic",
        "Remove units from an item; one statement checks and writes.");
    exitStatus(
        "0:the units are removed, now or by an earlier sending of the same request",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:insufficient stock, unknown item, or request id of another move",
        ExitCode.UNREACHABLE_LINE);
    example("stock remove-stock-atomic --item-id 101 --quantity 15 --request-id order-8812");
  }

  @Override
  public Integer call() {
    move.check();
    try (Database database = stock.open(1)) {
      MoveRequest request = move.request(database);
      MoveReport report = move.report(stock, database);
      Removal removal = move.ledger(database).removeAtomic(request);
      if (removal instanceof Insufficient refused) {
        return report.refused(request.removal(), refused);
      }
      String units =
          "%s units from item %s (atomic).".formatted(request.quantity(), request.itemId());
      return report.made(
          request.removal(),
          ((Removed) removal).isRepeated(),
          "Successfully removed " + units,
          "Would remove " + units);
    }
  }
}
