package io.stockledger.cli.shell;

import io.stockledger.cli.command.CommandInterrupt;
import io.stockledger.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The lines of a script, from a file or from stdin. */
final class ScriptLines implements ShellLines {
  /** Longer than any command; so a file without line ends is not read into memory. */
  private static final int LONGEST_LINE = 100_000;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String name;
  private final BufferedReader in;
  private final Terminal terminal;
  private final InputStream stdinOfCommands;
  private long number;

  private ScriptLines(
      String name, BufferedReader in, Terminal terminal, InputStream stdinOfCommands) {
    this.name = name;
    this.in = in;
    this.terminal = terminal;
    this.stdinOfCommands = stdinOfCommands;
  }

  /** Opens a file. Its commands ask on stdin. */
  static ScriptLines of(Path file, Terminal terminal) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory");
    }
    return new ScriptLines(
        file.toString(),
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)),
        terminal,
        terminal.stdin());
  }

  /** Reads stdin. Its commands have no input, so that none of them takes lines for itself. */
  static ScriptLines ofStdin(Terminal terminal) {
    return new ScriptLines("stdin", terminal.reader(), terminal, InputStream.nullInputStream());
  }

  @Override
  public Optional<String> next() throws IOException {
    number++;
    StringBuilder line = new StringBuilder();
    int character = in.read();
    if (character == -1) {
      return Optional.empty();
    }
    while (character != -1 && character != '\n') {
      if (line.length() == LONGEST_LINE) {
        throw new IOException("the line has more than " + LONGEST_LINE + " characters");
      }
      line.append((char) character);
      character = in.read();
    }
    boolean isMarked = number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
    return Optional.of(line.substring(isMarked ? 1 : 0));
  }

  @Override
  public Optional<String> origin() {
    return Optional.of(name + ":" + number);
  }

  @Override
  public Terminal terminal() {
    return terminal.forCommand(stdinOfCommands);
  }

  /** Nothing interrupts a command of a script: Ctrl-C ends the whole script. */
  @Override
  public CommandInterrupt interrupt() {
    return CommandInterrupt.NONE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
