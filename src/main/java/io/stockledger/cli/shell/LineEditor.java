package io.stockledger.cli.shell;

import java.io.IOError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** The editor of the lines that a person types, whom Ctrl-C never throws out. */
final class LineEditor {
  private final Terminal keyboard;
  private final LineReader reader;
  private final Attributes attributes;

  LineEditor(Terminal keyboard, LineReader reader) {
    this.keyboard = keyboard;
    this.reader = reader;
    this.attributes = keyboard.getAttributes();
  }

  /** Reads the line of a command, which the history keeps. */
  String readCommand(String prompt) {
    return readLine(prompt);
  }

  /** Reads another line, which the history does not keep. */
  String readOther(String prompt) {
    reader.setVariable(LineReader.DISABLE_HISTORY, true);
    try {
      return readLine(prompt);
    } finally {
      reader.setVariable(LineReader.DISABLE_HISTORY, false);
    }
  }

  /**
   * Reads a line.
   *
   * @throws UserInterruptException if Ctrl-C was pressed
   * @throws EndOfFileException if Ctrl-D was pressed
   */
  private String readLine(String prompt) {
    try {
      return reader.readLine(prompt);
    } catch (IOError e) {
      // JLine sets the terminal by the program stty, which Ctrl-C at that moment ends too.
      reset();
      throw new UserInterruptException("");
    }
  }

  private void reset() {
    try {
      keyboard.setAttributes(attributes);
    } catch (IOError e) {
      // The next line sets them again.
    }
  }
}
