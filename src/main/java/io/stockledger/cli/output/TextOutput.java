package io.stockledger.cli.output;

import io.stockledger.text.PrintableText;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The text form of results, for persons. */
final class TextOutput implements Output {
  private final Terminal terminal;
  private boolean isHeaderWritten;

  TextOutput(Terminal terminal) {
    this.terminal = terminal;
    this.isHeaderWritten = !terminal.isScreen();
  }

  @Override
  public void outcome(boolean ok, Row row, String... textLines) {
    table(List.of(), List.of(textLines));
  }

  @Override
  public void refused(Row row, String... textLines) {
    table(List.of(), List.of(textLines));
  }

  @Override
  public void refusedBecause(Row row, String sentence) {
    terminal.message("stock: " + sentence);
  }

  @Override
  public void columns(String... names) {}

  @Override
  public void row(Row row) {
    List<String> names = row.columns();
    // The header waits for the first row, so that a command that fails before it prints nothing.
    if (!isHeaderWritten) {
      isHeaderWritten = true;
      write(names);
    }
    write(names.stream().map(name -> cell(name, row.values().get(name))).toList());
  }

  /** Writes values with tabs between; a tab in a value is written out. */
  private void write(Collection<String> cells) {
    terminal.text(
        cells.stream().map(PrintableText::printable).collect(Collectors.joining("\t", "", "\n")));
  }

  private static String cell(String name, Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Boolean isSo) {
      return isSo ? name : "";
    }
    return value instanceof LocalDateTime time ? Times.text(time) : Row.text(value);
  }

  @Override
  public void line(Row row, String text) {
    terminal.result(text);
  }

  @Override
  public void table(List<Row> rows, List<String> textLines) {
    textLines.forEach(terminal::result);
  }

  @Override
  public void failure(String kind, String sentence, int status, String... advice) {
    terminal.message("stock: " + sentence);
    for (String line : advice) {
      terminal.message(line);
    }
  }

  @Override
  public void end() {}
}
