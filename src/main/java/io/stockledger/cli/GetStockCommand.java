package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows an item's stock at the end of a day. */
@Command(
    name = "get-stock",
    description = "Show an item's stock: the sum of all its moves dated up to a day.")
final class GetStockCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Mixin private ItemAndDateOptions options;

  @Override
  public Integer call() {
    long units;
    try (Database database = stock.open(1)) {
      units = new StockRepository(database).stockAt(options.itemId(), options.date());
    }
    stock
        .output()
        .result(
            Row.of("item_id", options.itemId(), "date", options.date(), "stock", units),
            "Calculated stock for item %s on %s: %s"
                .formatted(options.itemId(), options.date(), units));
    return ExitCode.DONE;
  }
}
