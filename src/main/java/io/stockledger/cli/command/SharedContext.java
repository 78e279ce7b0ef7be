package io.stockledger.cli.command;

import io.stockledger.cli.output.CsvStyle;
import io.stockledger.cli.output.OutputForm;
import java.util.Optional;

/**
 * What the commands of a shell share: its database, and the options of all commands that were given
 * to the shell.
 *
 * @param interrupt what ends a command before its time
 * @param form the form of the results of commands that do not name another one
 * @param csvStyle the style of CSV of commands that do not name another one
 */
public record SharedContext(
    SharedDatabase database,
    CommandInterrupt interrupt,
    Optional<OutputForm> form,
    CsvStyle csvStyle,
    boolean verbose,
    boolean debug)
    implements AutoCloseable {
  /** Returns the same for a shell whose commands can be interrupted. */
  public SharedContext with(CommandInterrupt ofLines) {
    return new SharedContext(database, ofLines, form, csvStyle, verbose, debug);
  }

  @Override
  public void close() {
    database.close();
  }
}
