package io.stockledger.cli.shell;

import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A run of several commands, line by line. */
final class Shell {
  /** The words that end a shell. */
  static final List<String> ENDS = List.of("exit", "quit");

  /** What may be before a command, as on the command line. */
  private static final String OWN_NAME = "stock";

  private final ShellLines lines;
  private final Runner runner;
  private final Output output;
  private final boolean keepsGoing;

  /** Runs one command and returns its exit status. */
  @FunctionalInterface
  interface Runner {
    int run(Terminal terminal, List<String> words);
  }

  /**
   * Makes a shell.
   *
   * @param output for what the shell itself says
   * @param keepsGoing whether a script goes on after a command that ended with a status other than
   *     0; what is typed always goes on
   */
  Shell(ShellLines lines, Runner runner, Output output, boolean keepsGoing) {
    this.lines = lines;
    this.runner = runner;
    this.output = output;
    this.keepsGoing = keepsGoing;
  }

  /**
   * Runs the lines.
   *
   * @return the first exit status that is not 0; always 0 if a person typed the lines
   */
  int run() {
    int first = ExitCode.DONE;
    try {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<List<String>> words = words(line.get());
        if (words.filter(Shell::isEnd).isPresent()) {
          return first;
        }
        int status = words.map(this::run).orElse(ExitCode.USAGE);
        if (status != ExitCode.DONE && lines.origin().isPresent()) {
          first = first == ExitCode.DONE ? status : first;
          message(
              "line_failed",
              "the command ended with status " + status + (keepsGoing ? "." : "; stopped."),
              status);
          if (!keepsGoing) {
            return first;
          }
        }
      }
      return first;
    } catch (IOException e) {
      message("input_lost", "can't read the line: " + e.getMessage() + ".", ExitCode.FAILURE);
      return first == ExitCode.DONE ? ExitCode.FAILURE : first;
    }
  }

  /** Returns the words of a line; empty after a message if they can't be told apart. */
  private Optional<List<String>> words(String line) {
    try {
      List<String> words = ShellWords.of(line);
      return Optional.of(
          words.size() > 1 && words.get(0).equals(OWN_NAME)
              ? words.subList(1, words.size())
              : words);
    } catch (IllegalArgumentException e) {
      message("usage", e.getMessage(), ExitCode.USAGE);
      return Optional.empty();
    }
  }

  private static boolean isEnd(List<String> words) {
    return words.size() == 1 && ENDS.contains(words.get(0));
  }

  private int run(List<String> words) {
    return words.isEmpty() ? ExitCode.DONE : runner.run(lines.terminal(), words);
  }

  private void message(String kind, String sentence, int status) {
    output.failure(kind, lines.origin().map(origin -> origin + ": ").orElse("") + sentence, status);
  }
}
