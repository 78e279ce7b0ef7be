package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.Item;
import io.stockledger.ledger.ItemRepository;
import io.stockledger.ledger.transfer.CsvFile;
import io.stockledger.ledger.transfer.ImportSummary;
import io.stockledger.ledger.transfer.InvalidFileException;
import io.stockledger.ledger.transfer.ItemImport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Registers an item. */
@Command(
    name = "add-item",
    description = "Register an item. Its stock is 0.",
    exitCodeList = {
      "0:the item is registered, now or before",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      "3:the number or the code is that of another item",
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock add-item --item-id 102 --item-code MISO-102 --name Miso")
final class AddItemCommand implements Callable<Integer> {
  /** The character that Java puts in place of a byte that the locale can't decode. */
  private static final char UNREADABLE = '\uFFFD';

  @ParentCommand private StockCommand stock;
  @Spec private CommandSpec spec;

  @Option(
      names = "--item-id",
      paramLabel = "NUMBER",
      converter = Converters.WholeNumber.class,
      description = "The item's number.")
  private Long itemId;

  @Option(
      names = "--item-code",
      paramLabel = "CODE",
      description = "The item's code, which no other item has: at most 64 characters.")
  private String itemCode;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The item's name: at most 255 characters.")
  private String name;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Register the items of a CSV file instead; - for stdin. The first line names the columns"
              + " item_id, item_code and name, in any order.")
  private String file;

  @Override
  public Integer call() {
    checkOptions();
    return file == null ? addItem() : importItems();
  }

  /**
   * Checks that the options name one item or a file. A group of picocli would do so with other
   * words for what is missing.
   */
  private void checkOptions() {
    List<String> options = List.of("'--item-id=NUMBER'", "'--item-code=CODE'", "'--name=NAME'");
    List<Object> values = Arrays.asList(itemId, itemCode, name);
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      if (values.get(i) == null) {
        missing.add(options.get(i));
      }
    }
    if (file != null && missing.size() < options.size()) {
      throw new ParameterException(
          spec.commandLine(), "Give --file, or --item-id, --item-code and --name, not both.");
    }
    if (file == null && !missing.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          (missing.size() == 1 ? "Missing required option: " : "Missing required options: ")
              + String.join(", ", missing));
    }
  }

  private int importItems() {
    ImportSummary summary;
    try (CsvFile items =
            file.equals("-")
                ? ItemImport.copyOf(stock.terminal().stdin())
                : ItemImport.open(PathArgument.of(spec, "--file", file));
        Database database = stock.open(1);
        ImportProgress progress = new ImportProgress(stock.terminal())) {
      summary = new ItemImport(database, items, progress).run();
    } catch (InvalidFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    stock
        .output()
        .outcome(
            summary.rejected() == 0,
            Row.of(
                "lines", summary.lines(),
                "registered", summary.made(),
                "rejected", summary.rejected()),
            "Imported %s %s: %s registered, %s refused or faulty."
                .formatted(
                    summary.lines(),
                    summary.lines() == 1 ? "line" : "lines",
                    summary.made(),
                    summary.rejected()));
    return summary.rejected() == 0 ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private int addItem() {
    Item item = item();
    try (Database database = stock.open(1)) {
      new ItemRepository(database).add(item);
    }
    stock
        .output()
        .result(
            Row.of("item_id", item.itemId(), "item_code", item.itemCode(), "name", item.name()),
            "Successfully added item "
                + item.itemId()
                + " ("
                + item.itemCode()
                + ", "
                + item.name()
                + ").");
    return ExitCode.DONE;
  }

  /** Returns the item, without spaces around its code and name, because these are typing errors. */
  private Item item() {
    Item item;
    try {
      item = new Item(itemId, itemCode.strip(), name.strip());
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
    checkReadable("--item-code", item.itemCode());
    checkReadable("--name", item.name());
    return item;
  }

  private void checkReadable(String option, String text) {
    if (text.indexOf(UNREADABLE) >= 0) {
      throw InvalidOption.of(
          spec,
          option,
          "it has characters that could not be read. Use a UTF-8 locale, such as LC_ALL=C.UTF-8.");
    }
  }
}
