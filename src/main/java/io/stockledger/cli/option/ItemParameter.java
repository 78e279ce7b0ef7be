package io.stockledger.cli.option;

import io.stockledger.db.Database;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;

/** The parameter of a short form that names an item. */
final class ItemParameter implements ItemArgument {
  private final Value<String> word;

  private final String longForm;

  private final CommandSpec spec;

  /**
   * Adds the parameter.
   *
   * @param longForm the command that names the item by an option
   */
  ItemParameter(Options options, String longForm) {
    this.longForm = longForm;
    spec = options.command();
    word = options.parameter("CODE", ItemWords.DESCRIPTION);
  }

  @Override
  public void checkIsGiven() {
    // The parser refuses a command without it.
  }

  @Override
  public OptionalLong find(Database database) {
    ItemsArgument.Found found = ItemWords.find(List.of(word.get()), longForm, spec, database);
    if (!found.unknown().isEmpty()) {
      throw found.unknown().get(0);
    }
    return OptionalLong.of(found.numbers().get(0));
  }
}
