package io.stockledger.cli;

import java.util.Optional;

/**
 * What the commands of a shell share: its database, and the options of all commands that were given
 * to the shell.
 *
 * @param interrupt what ends a command before its time
 * @param form the form of the results of commands that do not name another one
 */
record ShellContext(
    ShellDatabase database,
    CommandInterrupt interrupt,
    Optional<OutputForm> form,
    boolean verbose,
    boolean debug)
    implements AutoCloseable {
  /** Returns the same for a shell whose commands can be interrupted. */
  ShellContext with(CommandInterrupt ofLines) {
    return new ShellContext(database, ofLines, form, verbose, debug);
  }

  @Override
  public void close() {
    database.close();
  }
}
