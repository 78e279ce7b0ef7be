package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.ItemRepository;
import io.stockledger.ledger.RegisteredItem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Shows the items. */
@Command(
    name = "list-items",
    description = "Show the items: number, code and name with tabs between.",
    exitCodeList = {
      "0:the items are shown",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock list-items")
final class ListItemsCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Override
  public Integer call() {
    Output output = stock.output();
    output.columns("item_id", "item_code", "name");
    try (Database database = stock.open(1)) {
      new ItemRepository(database).forEach(item -> output.row(row(item)));
    }
    return ExitCode.DONE;
  }

  private static Row row(RegisteredItem item) {
    return Row.of("item_id", item.itemId(), "item_code", item.itemCode(), "name", item.name());
  }
}
