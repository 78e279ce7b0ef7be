package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.ItemRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Shows the items. */
@Command(
    name = "list-items",
    description = "Show the items: number, code and name with tabs between.")
final class ListItemsCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Override
  public Integer call() {
    try (Database database = stock.open(1)) {
      new ItemRepository(database)
          .forEach(item -> stock.terminal().row(item.itemId(), item.itemCode(), item.name()));
    }
    return ExitCode.DONE;
  }
}
