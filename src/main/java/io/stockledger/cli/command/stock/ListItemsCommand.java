package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.item.ItemRepository;

/** Shows the items. */
public final class ListItemsCommand extends Subcommand {
  public ListItemsCommand(CommandContext context) {
    super(context, "list-items", "Show the items: number, code and name with tabs between.");
    exitStatus(
        "0:the items are shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock list-items");
  }

  @Override
  public Integer call() {
    Output output = context.output();
    output.columns("item_id", "item_code", "name");
    try (Database database = context.open(1)) {
      new ItemRepository(database).forEach(item -> output.row(row(item)));
    }
    return ExitCode.DONE;
  }

  private static Row row(RegisteredItem item) {
    return Row.of("item_id", item.itemId(), "item_code", item.itemCode(), "name", item.name());
  }
}
