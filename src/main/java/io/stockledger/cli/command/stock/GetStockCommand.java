package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.option.DayOption;
import io.stockledger.cli.option.ItemsArgument;
import io.stockledger.cli.option.ItemsOption;
import io.stockledger.cli.option.ItemsParameter;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.StockOfDay;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.UnknownItemException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Shows the stock of items at the end of a day. */
public final class GetStockCommand extends Subcommand {
  private static final String NAME = "get-stock";

  private final ItemsArgument items;

  private final DayOption day;

  private final Value<Boolean> quiet;

  public GetStockCommand(CommandContext context) {
    this(
        context,
        NAME,
        "Show an item's stock: the sum of all its moves dated up to a day.",
        ItemsOption::new,
        "stock get-stock --item-id 101 --date 2025-09-19");
  }

  /** Makes the short form, whose items are parameters. */
  public static GetStockCommand shortForm(CommandContext context) {
    return new GetStockCommand(
        context,
        "get",
        "Show items' stock at the end of a day: get-stock in short.",
        options -> new ItemsParameter(options, NAME),
        "stock get SAKE-101 --date 2025-09-19");
  }

  private GetStockCommand(
      CommandContext context,
      String name,
      String description,
      Function<Options, ItemsArgument> items,
      String example) {
    super(
        context,
        name,
        description
            + " The stocks of several items are of one moment; if one of the items is unknown, none"
            + " is shown.");
    this.items = items.apply(options);
    day = new DayOption(options);
    quiet = options.flag("--quiet", "Print the bare number, one line per item.");
    exitStatus(
        "0:the stock is shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown item",
        ExitCode.UNREACHABLE_LINE);
    example(example);
  }

  @Override
  public Integer call() {
    items.checkAreGiven();
    try (Database database = context.open(1)) {
      ItemsArgument.Found found = items.find(database);
      if (!found.unknown().isEmpty()) {
        return refuse(found.unknown());
      }
      List<Long> numbers = found.numbers();
      StockRepository ledger = new StockRepository(database);
      int status =
          numbers.size() == 1
              ? show(numbers, Map.of(numbers.get(0), ledger.stockOf(numbers.get(0), day.date())))
              : show(numbers, ledger.stocksOf(new LinkedHashSet<>(numbers), day.date()));
      if (status == ExitCode.DONE) {
        ItemNames.tell(context, database, numbers);
      }
      return status;
    }
  }

  private int show(List<Long> numbers, Map<Long, StockOfDay> stocks) {
    List<Long> unknown =
        numbers.stream().distinct().filter(number -> !stocks.containsKey(number)).toList();
    if (!unknown.isEmpty()) {
      return refuse(unknown.stream().map(UnknownItemException::new).toList());
    }
    for (long itemId : numbers) {
      show(itemId, day.date(), stocks.get(itemId));
    }
    return ExitCode.DONE;
  }

  private int refuse(List<UnknownItemException> unknown) {
    unknown.forEach(item -> Refusals.write(context.output(), item));
    return ExitCode.REFUSED;
  }

  private void show(long itemId, LocalDate date, StockOfDay stock) {
    context
        .output()
        .result(
            Row.of(
                "item_id", itemId, "date", date, "stock", stock.units(), "move_no", stock.moveNo()),
            quiet.get()
                ? String.valueOf(stock.units())
                : "Calculated stock for item %s on %s: %s".formatted(itemId, date, stock.units()));
  }
}
