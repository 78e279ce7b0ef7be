package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.option.DayOption;
import io.stockledger.cli.option.ItemIds;
import io.stockledger.cli.option.ItemOption;
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
import picocli.CommandLine.ParameterException;

/** Shows the stock of items at the end of a day. */
public final class GetStockCommand extends Subcommand {
  private final Value<ItemIds> itemIds =
      options.value(
          "--item-id",
          "NUMBER[,NUMBER...]",
          ItemIds.class,
          new ItemIds.Converter(),
          "The item's number, or several with commas between.");

  private final Value<String> itemCode =
      options.text("--item-code", "CODE", "The item's code, in place of its number.");

  private final DayOption day = new DayOption(options);

  private final Value<Boolean> quiet =
      options.flag("--quiet", "Print the bare number, one line per item.");

  public GetStockCommand(CommandContext context) {
    super(
        context,
        "get-stock",
        "Show an item's stock: the sum of all its moves dated up to a day. The stocks of several items"
            + " are of one moment; if one of the items is unknown, none is shown.");
    exitStatus(
        "0:the stock is shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown item",
        ExitCode.UNREACHABLE_LINE);
    example("stock get-stock --item-id 101 --date 2025-09-19");
  }

  @Override
  public Integer call() {
    ItemOption.checkOne(spec, itemIds.isGiven(), itemCode.isGiven());
    if (!itemIds.isGiven() && !itemCode.isGiven()) {
      throw new ParameterException(spec.commandLine(), ItemOption.MISSING);
    }
    try (Database database = context.open(1)) {
      List<Long> numbers =
          itemIds.isGiven()
              ? itemIds.get().numbers()
              : List.of(ItemOption.idOf(database, itemCode.get()));
      StockRepository ledger = new StockRepository(database);
      return numbers.size() == 1
          ? show(numbers, Map.of(numbers.get(0), ledger.stockOf(numbers.get(0), day.date())))
          : show(numbers, ledger.stocksOf(new LinkedHashSet<>(numbers), day.date()));
    }
  }

  private int show(List<Long> numbers, Map<Long, StockOfDay> stocks) {
    List<Long> unknown = numbers.stream().filter(number -> !stocks.containsKey(number)).toList();
    for (long itemId : new LinkedHashSet<>(unknown)) {
      Refusals.write(context.output(), new UnknownItemException(itemId));
    }
    if (!unknown.isEmpty()) {
      return ExitCode.REFUSED;
    }
    for (long itemId : numbers) {
      show(itemId, day.date(), stocks.get(itemId));
    }
    return ExitCode.DONE;
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
