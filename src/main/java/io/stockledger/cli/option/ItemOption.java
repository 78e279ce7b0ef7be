package io.stockledger.cli.option;

import io.stockledger.db.Database;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.text.Blanks;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options that name one item, by its number or by its code. */
public final class ItemOption implements ItemArgument {
  public static final String MISSING =
      "Missing required option: '--item-id=NUMBER' or '--item-code=CODE'";

  private final Value<Long> itemId;

  private final Value<String> itemCode;

  private final CommandSpec spec;

  public ItemOption(Options options) {
    spec = options.command();
    itemId = options.number("--item-id", "NUMBER", "The item's number.");
    itemCode = options.text("--item-code", "CODE", "The item's code, in place of its number.");
  }

  public boolean isGiven() {
    return itemId.isGiven() || itemCode.isGiven();
  }

  /** Refuses more than one name of an item, before a connection is opened. */
  public void check() {
    checkOne(spec, itemId.isGiven(), itemCode.isGiven());
  }

  /** Refuses the options of a command that needs an item if they name none. */
  @Override
  public void checkIsGiven() {
    check();
    if (!isGiven()) {
      throw new ParameterException(spec.commandLine(), MISSING);
    }
  }

  public static void checkOne(CommandSpec spec, boolean hasId, boolean hasCode) {
    if (hasId && hasCode) {
      throw new ParameterException(spec.commandLine(), "Give --item-id or --item-code, not both.");
    }
  }

  @Override
  public OptionalLong find(Database database) {
    if (itemCode.isGiven()) {
      return OptionalLong.of(idOf(database, itemCode.get()));
    }
    return itemId.isGiven() ? OptionalLong.of(itemId.get()) : OptionalLong.empty();
  }

  /** Looks the code up; spaces around it are typing errors, as in add-item. */
  public static long idOf(Database database, String itemCode) {
    return new ItemRepository(database).idOf(Blanks.strip(itemCode));
  }
}
