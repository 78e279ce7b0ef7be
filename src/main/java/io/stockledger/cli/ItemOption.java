package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.ItemRepository;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that name one item, by its number or by its code. */
final class ItemOption {
  static final String MISSING = "Missing required option: '--item-id=NUMBER' or '--item-code=CODE'";

  @Option(
      names = "--item-id",
      paramLabel = "NUMBER",
      converter = Converters.WholeNumber.class,
      description = "The item's number.")
  private Long itemId;

  @Option(
      names = "--item-code",
      paramLabel = "CODE",
      description = "The item's code, in place of its number.")
  private String itemCode;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  boolean isGiven() {
    return itemId != null || itemCode != null;
  }

  /** Refuses more than one name of an item, before a connection is opened. */
  void check() {
    checkOne(spec, itemId != null, itemCode != null);
  }

  /** Refuses the options of a command that needs an item if they name none. */
  void checkIsGiven() {
    check();
    if (!isGiven()) {
      throw new ParameterException(spec.commandLine(), MISSING);
    }
  }

  static void checkOne(CommandSpec spec, boolean hasId, boolean hasCode) {
    if (hasId && hasCode) {
      throw new ParameterException(spec.commandLine(), "Give --item-id or --item-code, not both.");
    }
  }

  /**
   * Returns the item's number; empty if no item is named.
   *
   * @throws io.stockledger.ledger.UnknownItemException if no item has the code
   */
  OptionalLong find(Database database) {
    if (itemCode != null) {
      return OptionalLong.of(idOf(database, itemCode));
    }
    return itemId == null ? OptionalLong.empty() : OptionalLong.of(itemId);
  }

  /** Looks the code up; spaces around it are typing errors, as in add-item. */
  static long idOf(Database database, String itemCode) {
    return new ItemRepository(database).idOf(itemCode.strip());
  }
}
