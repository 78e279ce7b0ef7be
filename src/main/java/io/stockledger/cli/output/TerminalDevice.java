package io.stockledger.cli.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the system says of the terminal of this process, which Java itself can't tell. */
public final class TerminalDevice {
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 40;

  private TerminalDevice() {}

  /** Whether stderr is a terminal: Java can only tell whether both stdin and stdout are one. */
  static boolean isStderr() {
    try {
      return new ProcessBuilder("test", "-t", "2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns its columns; 80 if stdout is no terminal or the terminal does not tell. */
  public static int columns(Terminal terminal) {
    if (!terminal.isScreen()) {
      return USUAL_COLUMNS;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return size.matches("\\d{1,4} \\d{1,4}")
          ? Math.max(FEWEST_COLUMNS, Integer.parseInt(size.substring(size.indexOf(' ') + 1)))
          : USUAL_COLUMNS;
    } catch (IOException e) {
      return USUAL_COLUMNS;
    }
  }
}
