package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.command.file.FileFormatOption;
import io.stockledger.cli.command.file.ImportProgress;
import io.stockledger.cli.command.file.InterruptibleImport;
import io.stockledger.cli.command.file.RejectsOption;
import io.stockledger.cli.command.file.RejectsOption.Rejects;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.db.WriteWatch;
import io.stockledger.file.CsvFile;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.ItemExistsException;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.item.NextNumbers;
import io.stockledger.ledger.item.UnnumberedItem;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.transfer.ImportSummary;
import io.stockledger.ledger.transfer.ItemImport;
import io.stockledger.text.Blanks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** Registers an item. */
public final class AddItemCommand extends Subcommand {
  private final Value<Long> itemId =
      options.number(
          "--item-id", "NUMBER", "The item's number. Default: the number after the highest.");

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
              + " item_code, name and, if wanted, item_id, in any order.");

  private final FileFormatOption format = new FileFormatOption(options);

  private final RejectsOption rejects = new RejectsOption(options);

  private final Value<Boolean> dryRun =
      options.flag("--dry-run", "With --file: decide all lines, and change nothing.");

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
    if (file.isGiven() && (itemId.isGiven() || itemCode.isGiven() || name.isGiven())) {
      throw new ParameterException(
          spec.commandLine(), "Give --file, or --item-id, --item-code and --name, not both.");
    }
    if (!file.isGiven() && (format.isGiven() || rejects.isGiven() || dryRun.get())) {
      throw new ParameterException(
          spec.commandLine(),
          "Options '--ignore-columns', '--rejects' and '--dry-run' need '--file'.");
    }
    List<String> missing = new ArrayList<>();
    if (!itemCode.isGiven()) {
      missing.add("'--item-code=CODE'");
    }
    if (!name.isGiven()) {
      missing.add("'--name=NAME'");
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
            : ItemImport.open(file.get(), format.format(context))) {
      Optional<Path> rejectsPath = rejects.path(items);
      try (Database database = context.open(1);
          ImportProgress progress = new ImportProgress("add-item", context.terminal());
          Rejects rejected = rejects.begin(rejectsPath, items, false)) {
        ItemImport.Options importOptions = new ItemImport.Options(rejected.file(), dryRun.get());
        return InterruptibleImport.run(
            context,
            progress,
            () ->
                importItems(
                    new ItemImport(database, items, importOptions, progress), rejected, progress));
      }
    } catch (InvalidFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int importItems(ItemImport itemImport, Rejects rejected, ImportProgress progress) {
    ImportSummary summary = rejected.finishIfStopped(context.terminal(), itemImport::run);
    progress.close();
    Optional<FileNotWrittenException> lost = rejected.finish();
    context
        .output()
        .outcome(
            summary.rejected() == 0,
            Row.of(
                "lines", summary.lines(),
                "registered", summary.made(),
                "registered_before", summary.madeBefore(),
                "rejected", summary.rejected(),
                "dry_run", dryRun.get(),
                "rejects", progress.rejects()),
            "%s %s %s: %s %s, %s registered before, %s refused or faulty."
                .formatted(
                    dryRun.get() ? "Decided" : "Imported",
                    summary.lines(),
                    summary.lines() == 1 ? "line" : "lines",
                    summary.made(),
                    dryRun.get() ? "would be registered" : "registered",
                    summary.madeBefore(),
                    summary.rejected()));
    if (lost.isPresent()) {
      throw lost.get();
    }
    return summary.rejected() == 0 ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private int addItem() {
    UnnumberedItem item = item();
    long number;
    try (Database database = context.open(1)) {
      number = itemId.isGiven() ? addAt(database, item) : addAtNext(database, item);
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
    context
        .output()
        .result(
            Row.of("item_id", number, "item_code", item.itemCode(), "name", item.name()),
            "Successfully added item %s (%s, %s).".formatted(number, item.itemCode(), item.name()));
    return ExitCode.DONE;
  }

  private long addAt(Database database, UnnumberedItem item) {
    new ItemRepository(database).add(item.at(itemId.get()));
    return itemId.get();
  }

  private long addAtNext(Database database, UnnumberedItem item) {
    NextNumbers.Numbered numbered =
        new NextNumbers(database).addAll(List.of(item), new WriteWatch()).get(0);
    if (!item.isSameAs(numbered.item())) {
      throw new ItemExistsException(numbered.item());
    }
    if (numbered.wasThere()) {
      context
          .terminal()
          .message(
              "%s was already registered as item %s; nothing was changed."
                  .formatted(numbered.item().itemCode(), numbered.item().itemId()));
    }
    return numbered.item().itemId();
  }

  /** Returns the item, without spaces around its code and name, because these are typing errors. */
  private UnnumberedItem item() {
    UnnumberedItem item;
    try {
      item = new UnnumberedItem(Blanks.strip(itemCode.get()), Blanks.strip(name.get()));
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
    ReadableText.check(spec, "--item-code", item.itemCode());
    ReadableText.check(spec, "--name", item.name());
    return item;
  }
}
