package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.Item;
import io.stockledger.ledger.ItemRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Registers an item. */
@Command(name = "add-item", description = "Register an item. Its stock is 0.")
final class AddItemCommand implements Callable<Integer> {
  private static final int LONGEST_CODE = 64;
  private static final int LONGEST_NAME = 255;

  /** What Java makes of each byte of an argument that the locale has no character for. */
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
    Item item =
        new Item(
            itemId,
            checked("--item-code", itemCode, LONGEST_CODE),
            checked("--name", name, LONGEST_NAME));
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

  /** Spaces around a text would make two items that look alike. */
  private String checked(String option, String value, int longest) {
    String text = value.strip();
    if (text.isEmpty()) {
      throw invalid(option, "it is empty.");
    }
    int length = text.codePointCount(0, text.length());
    if (length > longest) {
      throw invalid(option, "it has " + length + " characters; at most " + longest + ".");
    }
    if (text.codePoints().anyMatch(Text::isControl)) {
      throw invalid(option, Text.quoted(text) + " has control characters.");
    }
    if (text.indexOf(UNREADABLE) >= 0) {
      throw invalid(
          option,
          "it has characters that could not be read. Use a UTF-8 locale, such as LC_ALL=C.UTF-8.");
    }
    return text;
  }

  private ParameterException invalid(String option, String reason) {
    return new ParameterException(
        spec.commandLine(), "Invalid value for option '" + option + "': " + reason);
  }
}
