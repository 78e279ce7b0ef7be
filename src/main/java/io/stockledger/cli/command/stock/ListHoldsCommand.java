package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.hold.OpenHold;
import io.stockledger.ledger.rule.RequestLine;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Shows the holds that are open, or how many units they hold of each item. */
public final class ListHoldsCommand extends Subcommand {
  private final ItemOption item = new ItemOption(options);

  private final Value<Boolean> expired =
      options.flag("--expired", "Only holds whose time is over; nobody has released them yet.");

  private final Value<Boolean> byItem =
      options.flag("--by-item", "The units that are held of each item, in place of the holds.");

  private final Map<Long, Held> heldOfItem = new TreeMap<>();
  private boolean isEmpty = true;

  /** What the holds have of an item. */
  private record Held(BigInteger units, long holds) {
    Held plus(Held other) {
      return new Held(units.add(other.units), holds + other.holds);
    }
  }

  public ListHoldsCommand(CommandContext context) {
    super(
        context,
        "list-holds",
        "Show the open holds, those first that expire first, one line per item of a hold, with tabs"
            + " between: request id, item, units, date, when it expires (UTC), whether its time is"
            + " over, line and note. With --by-item: item, units that are held, and number of holds.");
    exitStatus(
        "0:the holds are shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown item",
        ExitCode.UNREACHABLE_LINE);
    example("stock list-holds --expired");
  }

  @Override
  public Integer call() {
    item.check();
    if (byItem.get()) {
      context.output().columns("item_id", "units", "holds");
    } else {
      context
          .output()
          .columns(
              "request_id", "item_id", "units", "date", "expires_at", "expired", "line", "note");
    }
    try (Database database = context.openForAggregates(1)) {
      OptionalLong itemId = item.find(database);
      new HoldRepository(database, new StockRepository(database))
          .forEachOpen(expired.get(), hold -> take(hold, itemId));
    }
    heldOfItem.forEach(this::show);
    if (isEmpty) {
      context.terminal().message(expired.get() ? "No hold is overdue." : "No hold is open.");
    }
    return ExitCode.DONE;
  }

  /** Returns whether more holds are wanted. */
  private boolean take(OpenHold hold, OptionalLong itemId) {
    for (int i = 0; i < hold.request().lines().size(); i++) {
      RequestLine line = hold.request().lines().get(i);
      if (itemId.isEmpty() || itemId.getAsLong() == line.itemId()) {
        isEmpty = false;
        if (byItem.get()) {
          heldOfItem.merge(
              line.itemId(),
              new Held(BigInteger.valueOf(line.increment()).negate(), 1),
              Held::plus);
        } else {
          show(hold, i);
        }
      }
    }
    return !context.terminal().isResultLost();
  }

  private void show(OpenHold hold, int index) {
    RequestLine line = hold.request().lines().get(index);
    context
        .output()
        .row(
            Row.of(
                "request_id", hold.request().id(),
                "item_id", line.itemId(),
                "units", -line.increment(),
                "date", hold.request().date(),
                "expires_at", hold.expiresAt().toInstant(ZoneOffset.UTC),
                "expired", hold.isOverdue(),
                "line", (index + 1) + "/" + hold.request().lines().size(),
                "note", hold.request().note()));
  }

  private void show(long itemId, Held held) {
    context.output().row(Row.of("item_id", itemId, "units", held.units(), "holds", held.holds()));
  }
}
