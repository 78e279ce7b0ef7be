package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.failure.FailureReport;
import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.util.List;

/** The codes and names that -v tells on stderr, because an answer has the numbers of items only. */
final class ItemNames {
  private ItemNames() {}

  /** Tells those of the items that a request moves. */
  static void tell(CommandContext context, Database database, Request request) {
    tell(context, database, request.lines().stream().map(RequestLine::itemId).toList());
  }

  /** Tells those of items, once each, in the order of the answer. */
  static void tell(CommandContext context, Database database, List<Long> itemIds) {
    if (!context.isVerbose()) {
      return;
    }
    try {
      for (RegisteredItem item : new ItemRepository(database).ofNumbers(itemIds)) {
        context
            .terminal()
            .message("Item %s is %s, %s.".formatted(item.itemId(), item.itemCode(), item.name()));
      }
    } catch (KnownException e) {
      // The answer is given, so this is no failure of the command.
      context
          .terminal()
          .message("Codes and names could not be read. " + FailureReport.of(e).sentence());
    }
  }
}
