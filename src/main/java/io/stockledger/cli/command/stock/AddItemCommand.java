package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.command.file.FileFormatOption;
import io.stockledger.cli.command.file.ImportProgress;
import io.stockledger.cli.command.file.InterruptibleImport;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.file.CsvFile;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.item.Item;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.transfer.ImportSummary;
import io.stockledger.ledger.transfer.ItemImport;
import io.stockledger.text.Blanks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ParameterException;

/** Registers an item. */
public final class AddItemCommand extends Subcommand {
  private final Value<Long> itemId = options.number("--item-id", "NUMBER", "The item's number.");

  private final Value<String> itemCode =
      options.text(
          "--item-code",
          "CODE",
          "The item's code, which no other item has: at most 64 characters.");

  private final Value<String> name =
      options.text("--name", "NAME", "The item's name: at most 255 characters.");

  private final Value<Path> file =
      options.file(
          "--file",
          "Register the items of a CSV file instead; - for stdin. The first line names the columns"
              + " item_id, item_code and name, in any order.");

  private final FileFormatOption format = new FileFormatOption(options);

  public AddItemCommand(CommandContext context) {
    super(context, "add-item", "Register an item. Its stock is 0.");
    exitStatus(
        "0:the item is registered, now or before",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:the number or the code is that of another item",
        ExitCode.UNREACHABLE_LINE);
    example("stock add-item --item-id 102 --item-code MISO-102 --name Miso");
  }

  @Override
  public Integer call() {
    checkOptions();
    return file.isGiven() ? importItems() : addItem();
  }

  /**
   * Checks that the options name one item or a file. A group of picocli would do so with other
   * words for what is missing.
   */
  private void checkOptions() {
    List<String> names = List.of("'--item-id=NUMBER'", "'--item-code=CODE'", "'--name=NAME'");
    List<Object> values = Arrays.asList(itemId.get(), itemCode.get(), name.get());
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (values.get(i) == null) {
        missing.add(names.get(i));
      }
    }
    if (file.isGiven() && missing.size() < names.size()) {
      throw new ParameterException(
          spec.commandLine(), "Give --file, or --item-id, --item-code and --name, not both.");
    }
    if (!file.isGiven() && format.isGiven()) {
      throw new ParameterException(spec.commandLine(), "Option '--ignore-columns' needs '--file'.");
    }
    if (!file.isGiven() && !missing.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          (missing.size() == 1 ? "Missing required option: " : "Missing required options: ")
              + String.join(", ", missing));
    }
  }

  private int importItems() {
    try (CsvFile items =
            file.get().equals(Options.STDIN)
                ? ItemImport.copyOf(context.terminal().stdin(), format.format(context))
                : ItemImport.open(file.get(), format.format(context));
        Database database = context.open(1);
        ImportProgress progress = new ImportProgress(context.terminal())) {
      return InterruptibleImport.run(
          context,
          progress,
          () -> importItems(new ItemImport(database, items, progress), progress));
    } catch (InvalidFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int importItems(ItemImport itemImport, ImportProgress progress) {
    ImportSummary summary = itemImport.run();
    progress.close();
    context
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
    try (Database database = context.open(1)) {
      new ItemRepository(database).add(item);
    }
    context
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
      item = new Item(itemId.get(), Blanks.strip(itemCode.get()), Blanks.strip(name.get()));
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
    ReadableText.check(spec, "--item-code", item.itemCode());
    ReadableText.check(spec, "--name", item.name());
    return item;
  }
}
