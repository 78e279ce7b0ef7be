package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.Removal.Removed;

/** Removes units after a check in the application. */
final class RemoveStockCheckCommand extends Subcommand {
  private final MoveOptions move = new MoveOptions(options);

  RemoveStockCheckCommand(StockCommand stock) {
    super(
        stock,
        "remove-stock-check",
        "Remove units from an item; the check is made in the application.");
    exitStatus(
        "0:the units are removed, now or by an earlier sending of the same request",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:insufficient stock, unknown item, or request id of another move",
        ExitCode.UNREACHABLE_LINE);
    example("stock remove-stock-check --item-id 101 --quantity 30 --date 2025-09-19");
  }

  @Override
  public Integer call() {
    move.check();
    try (Database database = stock.open(1)) {
      MoveRequest request = move.request(database);
      MoveReport report = move.report(stock, database);
      Removal removal = move.ledger(database).removeChecked(request);
      if (removal instanceof Insufficient refused) {
        return report.refused(
            request.removal(),
            refused,
            "Current stock is %s. Trying to remove %s."
                .formatted(refused.available(), refused.required()));
      }
      String units =
          "%s units from item %s on %s."
              .formatted(request.quantity(), request.itemId(), request.date());
      return report.made(
          request.removal(),
          ((Removed) removal).isRepeated(),
          "Successfully removed " + units,
          "Would remove " + units);
    }
  }
}
