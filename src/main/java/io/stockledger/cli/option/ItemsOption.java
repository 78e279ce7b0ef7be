package io.stockledger.cli.option;

import io.stockledger.db.Database;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options that name several items by their numbers or by their codes, with commas between. A
 * code may itself have a comma, so a text that is the code of an item as a whole names that one.
 */
public final class ItemsOption implements ItemsArgument {
  private final Value<ItemIds> itemIds;

  private final Value<ItemCodes> itemCodes;

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
    itemCodes =
        options.value(
            "--item-code",
            "CODE[,CODE...]",
            ItemCodes.class,
            new ItemCodes.Converter(),
            "The item's code, or several with commas between, in place of numbers.");
  }

  @Override
  public void checkAreGiven() {
    ItemOption.checkOne(spec, itemIds.isGiven(), itemCodes.isGiven());
    if (!itemIds.isGiven() && !itemCodes.isGiven()) {
      throw new ParameterException(spec.commandLine(), ItemOption.MISSING);
    }
  }

  @Override
  public Found find(Database database) {
    return itemIds.isGiven()
        ? new Found(itemIds.get().numbers(), List.of())
        : itemCodes.get().find(spec, database);
  }
}
