package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.ItemRepository;
import io.stockledger.ledger.RegisteredItem;

/** Shows the items. */
final class ListItemsCommand extends Subcommand {
  ListItemsCommand(StockCommand stock) {
    super(stock, "list-items", "Show the items: number, code and name with tabs between.");
    exitStatus(
        "0:the items are shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock list-items");
  }

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
