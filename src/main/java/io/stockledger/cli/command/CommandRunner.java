package io.stockledger.cli.command;

import io.stockledger.cli.output.Terminal;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The command line, for a command that runs or shows other commands. */
public interface CommandRunner {

  /**
   * Runs a command with objects of its own, so that no option of one command is left for the next.
   *
   * @param parent the context of the command that runs it
   * @param terminal the streams of the command that is run
   * @param shared what the commands that are run share
   * @return its exit status
   */
  int run(CommandContext parent, Terminal terminal, SharedContext shared, List<String> words);

  /** Returns picocli's model of all commands. */
  CommandSpec model();
}
