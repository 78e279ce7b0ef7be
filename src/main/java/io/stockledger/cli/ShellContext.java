package io.stockledger.cli;

import java.util.Optional;

/**
 * What the commands of a shell share: its database, and the options of all commands that were given
 * to the shell.
 *
 * @param form the form of the results of commands that do not name another one
 */
record ShellContext(
    ShellDatabase database, Optional<OutputForm> form, boolean verbose, boolean debug)
    implements AutoCloseable {
  @Override
  public void close() {
    database.close();
  }
}
