package io.stockledger.cli.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The width of the terminal that a person looks at. */
public final class TerminalWidth {
  private static final int USUAL = 80;
  private static final int NARROWEST = 40;

  private TerminalWidth() {}

  /** Returns the columns; 80 if stdout is no terminal or the terminal does not tell. */
  public static int columns(Terminal terminal) {
    if (!terminal.isScreen()) {
      return USUAL;
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
          ? Math.max(NARROWEST, Integer.parseInt(size.substring(size.indexOf(' ') + 1)))
          : USUAL;
    } catch (IOException e) {
      return USUAL;
    }
  }
}
