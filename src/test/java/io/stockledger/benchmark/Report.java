package io.stockledger.benchmark;

import java.io.PrintStream;
import java.util.Locale;

/** The Markdown that the benchmark prints. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  /** Prints a paragraph. */
  void text(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n%n", values);
  }

  /** Prints the head of a table. */
  void head(String... columns) {
    row((Object[]) columns);
    out.println("|---".repeat(columns.length) + "|");
  }

  /** Prints a row of a table. */
  void row(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      line.append(' ').append(cell).append(" |");
    }
    out.println(line);
  }

  /** Ends a table. */
  void end() {
    out.println();
  }

  /** Returns what a figure is of: one run, or the median of several. */
  static String runs(int runs) {
    return runs == 1 ? "One run" : "Medians of " + runs + " runs";
  }

  /** Returns a number with some decimals and thousands apart. */
  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
