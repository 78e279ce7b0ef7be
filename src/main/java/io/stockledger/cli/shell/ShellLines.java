package io.stockledger.cli.shell;

import io.stockledger.cli.command.CommandInterrupt;
import io.stockledger.cli.output.Terminal;
import java.io.IOException;
import java.util.Optional;

/** The lines that {@code stock shell} runs, one after the other. */
interface ShellLines extends AutoCloseable {

  /** Returns the next line; empty after the last one. */
  Optional<String> next() throws IOException;

  /**
   * Returns where the line that was returned last is, for a message, as in {@code day.txt:3}; empty
   * if a person has just typed the line.
   */
  Optional<String> origin();

  /** Returns the streams of the command in the line that was returned last. */
  Terminal terminal();

  /** Returns what can interrupt the commands of these lines. */
  CommandInterrupt interrupt();

  @Override
  void close() throws IOException;
}
