package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.MoveRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Adds units to an item. */
@Command(
    name = "add-stock",
    description = "Add units to an item.",
    exitCodeList = {
      "0:the units are added, now or by an earlier sending of the same request",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      "3:unknown item, stock too large, or request id of another move",
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock add-stock --item-id 101 --quantity 25 --date 2025-09-19")
final class AddStockCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Mixin private MoveOptions options;

  @Override
  public Integer call() {
    options.check();
    try (Database database = stock.open(1)) {
      MoveRequest request = options.request(database);
      boolean isRepeated = options.ledger(database).add(request);
      String units =
          "%s units to item %s on %s."
              .formatted(request.quantity(), request.itemId(), request.date());
      return options
          .report(stock, database)
          .made(
              request.addition(), isRepeated, "Successfully added " + units, "Would add " + units);
    }
  }
}
