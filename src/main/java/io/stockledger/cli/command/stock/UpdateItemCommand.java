package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.item.ItemChange;
import io.stockledger.ledger.item.ItemUpdates;
import io.stockledger.ledger.item.ItemUpdates.Updated;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.text.Blanks;
import picocli.CommandLine.ParameterException;

/** Changes the code or the name of an item. */
public final class UpdateItemCommand extends Subcommand {
  private final ItemOption item = new ItemOption(options);

  private final Value<String> newCode =
      options.text("--new-code", "CODE", "The code that the item gets, which no other item has.");

  private final Value<String> newName =
      options.text("--new-name", "NAME", "The name that the item gets.");

  public UpdateItemCommand(CommandContext context) {
    super(
        context,
        "update-item",
        "Change the code or the name of an item. Its moves stay as they are; the old code is free for"
            + " another item.");
    exitStatus(
        "0:the item is as asked for, now or before",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown item, the code is that of another item, or it was changed at the same time",
        ExitCode.UNREACHABLE_LINE);
    example("stock update-item --item-code MSIO-102 --new-code MISO-102");
  }

  @Override
  public Integer call() {
    item.checkIsGiven();
    ItemChange change = change();
    try (Database database = context.open(1)) {
      ItemUpdates items = new ItemUpdates(database);
      try {
        show(items.update(item.find(database).orElseThrow(), change));
      } catch (UnknownItemException e) {
        showMadeBefore(items, change, e);
      }
      return ExitCode.DONE;
    }
  }

  /** Returns the change, without spaces around code and name, because these are typing errors. */
  private ItemChange change() {
    if (!newCode.isGiven() && !newName.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--new-code=CODE' or '--new-name=NAME'");
    }
    ItemChange change;
    try {
      change =
          new ItemChange(
              newCode.optional().map(Blanks::strip), newName.optional().map(Blanks::strip));
    } catch (InvalidValueException e) {
      String option = e.subject().equals("name") ? "--new-name" : "--new-code";
      throw InvalidOption.of(spec, option, e.sentence());
    }
    change.itemCode().ifPresent(code -> ReadableText.check(spec, "--new-code", code));
    change.name().ifPresent(name -> ReadableText.check(spec, "--new-name", name));
    return change;
  }

  private void show(Updated updated) {
    String before = updated.isRepeated() ? "" : " (it was " + text(updated.before()) + ")";
    context
        .output()
        .result(
            Row.of(
                "item_id", updated.after().itemId(),
                "item_code", updated.after().itemCode(),
                "name", updated.after().name(),
                "old_item_code", updated.before().itemCode(),
                "old_name", updated.before().name(),
                "repeated", updated.isRepeated()),
            "Successfully updated item %s: %s%s."
                .formatted(updated.after().itemId(), text(updated.after()), before));
    if (updated.isRepeated()) {
      context
          .terminal()
          .message(
              "Item %s is %s already; nothing was changed."
                  .formatted(updated.after().itemId(), text(updated.after())));
    }
  }

  /**
   * Shows that an earlier sending of the same command has made the change: no item has the code any
   * more that names the item, and the item with the new one is as asked for.
   */
  private void showMadeBefore(ItemUpdates items, ItemChange change, UnknownItemException unknown) {
    RegisteredItem made =
        unknown.itemCode().flatMap(code -> items.madeBefore(change)).orElseThrow(() -> unknown);
    show(new Updated(made, made));
  }

  private static String text(RegisteredItem item) {
    return item.itemCode() + ", " + item.name();
  }
}
