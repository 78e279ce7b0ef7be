package io.stockledger.cli.option;

import io.stockledger.db.Database;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The parameters of a short form that name items. */
public final class ItemsParameter implements ItemsArgument {
  private final Value<List<String>> words;

  private final String longForm;

  private final CommandSpec spec;

  /**
   * Adds the parameters.
   *
   * @param longForm the command that names the items by an option
   */
  public ItemsParameter(Options options, String longForm) {
    this.longForm = longForm;
    spec = options.command();
    words = options.parameters("CODE", ItemWords.DESCRIPTION);
  }

  @Override
  public void checkAreGiven() {
    // The parser refuses a command without one.
    int count = words.get().size();
    if (count > ItemIds.MOST) {
      throw new ParameterException(
          spec.commandLine(), count + " items are named; at most " + ItemIds.MOST + ".");
    }
  }

  @Override
  public Found find(Database database) {
    return ItemWords.find(words.get(), longForm, spec, database);
  }
}
