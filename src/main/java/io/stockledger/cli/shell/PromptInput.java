package io.stockledger.cli.shell;

import io.stockledger.cli.command.CommandInterrupt;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;

/**
 * What a command of a shell reads from the keyboard, line by line, by the shell's own line editor:
 * nothing else at a terminal ends a read on Ctrl-C.
 */
final class PromptInput extends InputStream {
  private final LineEditor editor;
  private final CommandInterrupt interrupt;
  private byte[] line = {};
  private int next;
  private boolean isEnded;

  PromptInput(LineEditor editor, CommandInterrupt interrupt) {
    this.editor = editor;
    this.interrupt = interrupt;
  }

  /** Asks a question and returns the answer; empty after Ctrl-C or Ctrl-D. */
  String ask(String question) {
    try {
      return interrupt.reading(() -> editor.readOther(question));
    } catch (UserInterruptException | EndOfFileException | InterruptedIOException e) {
      return "";
    }
  }

  @Override
  public int read() throws IOException {
    if (next == line.length && !isEnded) {
      readOn();
    }
    return next == line.length ? -1 : Byte.toUnsignedInt(line[next++]);
  }

  /** At most to the end of a line, so that the reader gets a line when it is typed. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int first = read();
    if (first == -1) {
      return -1;
    }
    bytes[offset] = (byte) first;
    int more = Math.min(length - 1, line.length - next);
    System.arraycopy(line, next, bytes, offset + 1, more);
    next += more;
    return 1 + more;
  }

  private void readOn() throws IOException {
    try {
      line =
          (interrupt.reading(() -> editor.readOther("")) + "\n").getBytes(StandardCharsets.UTF_8);
      next = 0;
    } catch (EndOfFileException e) {
      isEnded = true;
    } catch (UserInterruptException e) {
      throw new InterruptedIOException("Ctrl-C was pressed");
    }
  }
}
