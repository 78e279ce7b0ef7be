package io.stockledger.cli.output;

import io.stockledger.text.PrintableText;
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
import java.util.function.UnaryOperator;

/**
 * The streams of a command, in UTF-8 whatever the locale: results go to stdout, all else to stderr.
 * Writing never fails, so that a command completes its work even if its output can't be written;
 * {@link #finish} tells whether the result was written.
 */
public final class Terminal {
  private final InputStream stdin;
  private final OutputStream stdout;
  private final OutputStream stderr;
  private final BufferedReader in;
  private final ResultWriter out;
  private final PrintWriter err;
  private final boolean isScreen;
  private final Optional<UnaryOperator<String>> person;
  private boolean isStamped;

  /** Makes the streams of a command whose stdout is a file or a pipe. */
  public Terminal(InputStream in, OutputStream out, OutputStream err) {
    this(in, out, err, false, Optional.empty());
  }

  /**
   * Makes the streams of a command.
   *
   * @param isScreen whether a person looks at stdout, so that lists get a line with the names of
   *     their columns
   */
  public Terminal(InputStream in, OutputStream out, OutputStream err, boolean isScreen) {
    this(in, out, err, isScreen, Optional.empty());
  }

  private Terminal(
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean isScreen,
      Optional<UnaryOperator<String>> person) {
    this.person = person;
    this.isScreen = isScreen;
    this.stdin = in;
    this.stdout = out;
    this.stderr = err;
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out =
        new ResultWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
  }

  /**
   * Returns the streams of one command of a shell. What became of its output is its own matter.
   *
   * @param in what the command reads as stdin
   */
  public Terminal forCommand(InputStream in) {
    return likeThis(new Terminal(in, stdout, stderr, isScreen, Optional.empty()));
  }

  /**
   * Returns the streams of one command of a shell at a terminal.
   *
   * @param in what the command reads as stdin
   * @param person answers a question
   */
  public Terminal forCommand(InputStream in, UnaryOperator<String> person) {
    return likeThis(new Terminal(in, stdout, stderr, isScreen, Optional.of(person)));
  }

  private Terminal likeThis(Terminal ofCommand) {
    ofCommand.isStamped = isStamped;
    return ofCommand;
  }

  /** Puts the time before each sentence on stderr from now on, for a log. */
  public void stampMessages() {
    isStamped = true;
  }

  /** Writes one line of the result, without characters that a terminal would obey. */
  public void result(String line) {
    text(PrintableText.printable(line) + "\n");
  }

  /** Whether a person looks at stdout. */
  public boolean isScreen() {
    return isScreen;
  }

  /**
   * Whether what is written no longer arrives, because the reader went away or the disk is full. A
   * command that only reads can end then; {@link #finish} tells why.
   */
  public boolean isResultLost() {
    return out.error().isPresent();
  }

  /** Writes lines of the result that are safe for a terminal already, such as a usage. */
  public void text(String lines) {
    out.write(lines);
  }

  /** Returns the writer for a result that has its own form, such as CSV. */
  public Writer resultWriter() {
    return out;
  }

  /**
   * Writes the rest of the result.
   *
   * @return why the result could not be written completely; empty if it was
   */
  public Optional<IOException> finish() {
    out.flush();
    return out.error();
  }

  /** Writes a sentence for a person to stderr. */
  public void message(String line) {
    err.println((isStamped ? Times.stamp() : "") + PrintableText.printable(line));
  }

  /** Writes an object for a program to stderr, as it is: a time before it would not be JSON. */
  void record(String json) {
    err.println(PrintableText.printable(json));
  }

  /** Asks on stderr and reads one line from stdin; empty if there is none. */
  public String ask(String question) {
    if (person.isPresent()) {
      return person.get().apply(PrintableText.printable(question));
    }
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

  /** Asks for a secret, which is not shown while it is typed at a terminal. */
  @SuppressWarnings("SystemConsoleNull") // Main makes System.console() null without a terminal.
  public String askSecret(String question) {
    if (System.console() == null) {
      return ask(question);
    }
    char[] secret = System.console().readPassword("%s", question);
    return secret == null ? "" : new String(secret);
  }

  /** Returns stdin as text, for a command that reads it line by line. */
  public BufferedReader reader() {
    return in;
  }

  /** Returns stdin as it is, for a command that reads a file from there and asks nothing. */
  public InputStream stdin() {
    return stdin;
  }

  public PrintWriter err() {
    return err;
  }
}
