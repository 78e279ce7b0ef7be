package io.stockledger.cli;

import io.stockledger.ledger.PrintableText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a command reads and writes, in UTF-8 whatever the locale: results to stdout, all else to
 * stderr. No writing fails: a command does its work to the end, whether its output can be written
 * or not, and {@link #finish} tells what became of the result.
 */
public final class Terminal {
  private final BufferedReader in;
  private final ResultWriter out;
  private final PrintWriter err;

  public Terminal(InputStream in, OutputStream out, OutputStream err) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out =
        new ResultWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
  }

  /** One line of the result, with nothing in it that a terminal would obey. */
  public void result(String line) {
    text(PrintableText.printable(line) + "\n");
  }

  /** One line of the result with tabs between its values, none of which can hold one. */
  public void row(Object... values) {
    text(
        Stream.of(values)
            .map(value -> PrintableText.printable(String.valueOf(value)))
            .collect(Collectors.joining("\t", "", "\n")));
  }

  /** Lines of the result that are fit for a terminal already, such as a usage. */
  void text(String lines) {
    out.write(lines);
  }

  /** A result that has its own form, such as JSON: as it is. */
  public Writer resultWriter() {
    return out;
  }

  /**
   * Writes what is left of the result.
   *
   * @return why it could not be written, or not all of it
   */
  Optional<IOException> finish() {
    out.flush();
    return out.error();
  }

  /** A sentence for the person at the terminal. */
  public void message(String line) {
    err.println(PrintableText.printable(line));
  }

  /** Asks on stderr and reads one line from stdin; empty when there is none. */
  String ask(String question) {
    err.print(PrintableText.printable(question));
    err.flush();
    try {
      String answer = in.readLine();
      if (answer == null) {
        err.println();
        return "";
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a secret: not shown while it is typed, if there is a keyboard. */
  @SuppressWarnings("SystemConsoleNull") // Main sees to it that it is null when it must be.
  String askSecret(String question) {
    if (System.console() == null) {
      return ask(question);
    }
    char[] secret = System.console().readPassword("%s", question);
    return secret == null ? "" : new String(secret);
  }

  PrintWriter err() {
    return err;
  }
}
