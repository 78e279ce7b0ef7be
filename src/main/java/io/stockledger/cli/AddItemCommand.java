package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.Item;
import io.stockledger.ledger.ItemRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Registers an item. */
@Command(name = "add-item", description = "Register an item. Its stock is 0.")
final class AddItemCommand implements Callable<Integer> {
  /** The character that Java puts in place of a byte that the locale can't decode. */
  private static final char UNREADABLE = '\uFFFD';

  @ParentCommand private StockCommand stock;
  @Spec private CommandSpec spec;

  @Option(
      names = "--item-id",
      required = true,
      paramLabel = "NUMBER",
      converter = Converters.WholeNumber.class,
      description = "The item's number.")
  private long itemId;

  @Option(
      names = "--item-code",
      required = true,
      paramLabel = "CODE",
      description = "The item's code, which no other item has: at most 64 characters.")
  private String itemCode;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The item's name: at most 255 characters.")
  private String name;

  @Override
  public Integer call() {
    Item item = item();
    try (Database database = stock.open(1)) {
      new ItemRepository(database).add(item);
    }
    stock
        .terminal()
        .result(
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
