package io.stockledger.cli.option;

import io.stockledger.db.Database;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options that name several items by their numbers, or one by its code. */
public final class ItemsOption implements ItemsArgument {
  private final Value<ItemIds> itemIds;

  private final Value<String> itemCode;

  private final CommandSpec spec;

  public ItemsOption(Options options) {
    spec = options.command();
    itemIds =
        options.value(
            "--item-id",
            "NUMBER[,NUMBER...]",
            ItemIds.class,
            new ItemIds.Converter(),
            "The item's number, or several with commas between.");
    itemCode = options.text("--item-code", "CODE", "The item's code, in place of its number.");
  }

  @Override
  public void checkAreGiven() {
    ItemOption.checkOne(spec, itemIds.isGiven(), itemCode.isGiven());
    if (!itemIds.isGiven() && !itemCode.isGiven()) {
      throw new ParameterException(spec.commandLine(), ItemOption.MISSING);
    }
  }

  @Override
  public Found find(Database database) {
    return itemIds.isGiven()
        ? new Found(itemIds.get().numbers(), List.of())
        : new Found(List.of(ItemOption.idOf(database, itemCode.get())), List.of());
  }
}
