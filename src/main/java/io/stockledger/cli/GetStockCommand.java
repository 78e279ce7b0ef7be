package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.UnknownItemException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows the stock of items at the end of a day. */
@Command(
    name = "get-stock",
    description = {
      "Show an item's stock: the sum of all its moves dated up to a day. The stocks of several items"
          + " are of one moment; if one of the items is unknown, none is shown."
    },
    exitCodeList = {
      "0:the stock is shown",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      "3:unknown item",
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock get-stock --item-id 101 --date 2025-09-19")
final class GetStockCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Spec private CommandSpec spec;

  @Option(
      names = "--item-id",
      paramLabel = "NUMBER[,NUMBER...]",
      converter = ItemIds.Converter.class,
      description = "The item's number, or several with commas between.")
  private ItemIds itemIds;

  @Option(
      names = "--item-code",
      paramLabel = "CODE",
      description = "The item's code, in place of its number.")
  private String itemCode;

  @Mixin private DayOption day;

  @Option(names = "--quiet", description = "Print the bare number, one line per item.")
  private boolean quiet;

  @Override
  public Integer call() {
    ItemOption.checkOne(spec, itemIds != null, itemCode != null);
    if (itemIds == null && itemCode == null) {
      throw new ParameterException(spec.commandLine(), ItemOption.MISSING);
    }
    try (Database database = stock.open(1)) {
      List<Long> numbers =
          itemIds == null ? List.of(ItemOption.idOf(database, itemCode)) : itemIds.numbers();
      StockRepository ledger = new StockRepository(database);
      return numbers.size() == 1
          ? show(numbers, Map.of(numbers.get(0), ledger.stockAt(numbers.get(0), day.date())))
          : show(numbers, ledger.stocksAt(new LinkedHashSet<>(numbers), day.date()));
    }
  }

  private int show(List<Long> numbers, Map<Long, Long> stocks) {
    List<Long> unknown = numbers.stream().filter(number -> !stocks.containsKey(number)).toList();
    for (long itemId : new LinkedHashSet<>(unknown)) {
      stock.output().refusal(new UnknownItemException(itemId));
    }
    if (!unknown.isEmpty()) {
      return ExitCode.REFUSED;
    }
    for (long itemId : numbers) {
      show(itemId, day.date(), stocks.get(itemId));
    }
    return ExitCode.DONE;
  }

  private void show(long itemId, LocalDate date, long units) {
    stock
        .output()
        .result(
            Row.of("item_id", itemId, "date", date, "stock", units),
            quiet
                ? String.valueOf(units)
                : "Calculated stock for item %s on %s: %s".formatted(itemId, date, units));
  }
}
