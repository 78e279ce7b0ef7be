package io.stockledger.cli.output;

import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/**
 * A writer that never fails, so that a command completes its work even if its output can't be
 * written. It remembers the first error and discards everything after it.
 */
final class ResultWriter extends Writer {
  private final Writer out;
  private IOException error;

  ResultWriter(Writer out) {
    this.out = out;
  }

  /** Returns why the result was not written completely. */
  Optional<IOException> error() {
    return Optional.ofNullable(error);
  }

  @Override
  public void write(char[] characters, int from, int length) {
    attempt(() -> out.write(characters, from, length));
  }

  @Override
  public void write(String text) {
    attempt(() -> out.write(text));
  }

  @Override
  public void flush() {
    attempt(out::flush);
  }

  @Override
  public void close() {
    attempt(out::close);
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void attempt(Writing output) {
    if (error != null) {
      return;
    }
    try {
      output.run();
    } catch (IOException e) {
      error = e;
    }
  }
}
