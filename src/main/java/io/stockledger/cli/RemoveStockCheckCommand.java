package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.Removal.Removed;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Removes units after a check in the application. */
@Command(
    name = "remove-stock-check",
    description = "Remove units from an item; the check is made in the application.",
    exitCodeList = {
      "0:the units are removed, now or by an earlier sending of the same request",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      "3:insufficient stock, unknown item, or request id of another move",
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock remove-stock-check --item-id 101 --quantity 30 --date 2025-09-19")
final class RemoveStockCheckCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Mixin private MoveOptions options;

  @Override
  public Integer call() {
    options.check();
    try (Database database = stock.open(1)) {
      MoveRequest request = options.request(database);
      MoveReport report = options.report(stock, database);
      Removal removal = options.ledger(database).removeChecked(request);
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
