package io.stockledger.cli.output;

import io.stockledger.text.PrintableText;
import io.stockledger.text.table.TextTable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text form of results, for persons. A list is an aligned table with a header on a terminal;
 * elsewhere its values have tabs between, for other programs.
 */
final class TextOutput implements Output {
  /** Rows of a table that are held back, so that its columns are as wide as the widest of them. */
  private static final int ROWS_OF_A_PART = 1_000;

  private final Terminal terminal;
  private final List<List<String>> heldBack = new ArrayList<>();
  private Optional<TextTable> table = Optional.empty();

  TextOutput(Terminal terminal) {
    this.terminal = terminal;
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
    flush();
    terminal.message("stock: " + sentence);
  }

  @Override
  public void columns(String... names) {}

  @Override
  public void row(Row row) {
    List<String> names = row.columns();
    List<String> cells =
        names.stream()
            .map(name -> PrintableText.printable(cell(name, row.values().get(name))))
            .toList();
    if (!terminal.isScreen()) {
      terminal.text(String.join("\t", cells) + "\n");
      return;
    }
    // The header waits for the first row, so that a command that fails before it prints nothing.
    if (table.isEmpty()) {
      table =
          Optional.of(
              new TextTable(names.stream().map(name -> isText(row.values().get(name))).toList()));
      heldBack.add(names);
    }
    heldBack.add(cells);
    if (heldBack.size() >= ROWS_OF_A_PART) {
      flush();
    }
  }

  private static boolean isText(Object value) {
    return !(value instanceof Number);
  }

  private void flush() {
    if (!heldBack.isEmpty()) {
      table.orElseThrow().lines(heldBack).forEach(line -> terminal.text(line + "\n"));
      heldBack.clear();
    }
  }

  private static String cell(String name, Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Boolean isSo) {
      return isSo ? name : "";
    }
    if (value instanceof LocalDateTime time) {
      return Times.text(time);
    }
    return value instanceof Instant moment ? Times.text(moment) : Row.text(value);
  }

  @Override
  public void line(Row row, String text) {
    flush();
    terminal.result(text);
  }

  @Override
  public void table(List<Row> rows, List<String> textLines) {
    flush();
    textLines.forEach(terminal::result);
  }

  @Override
  public void failure(String kind, String sentence, int status, String... advice) {
    flush();
    terminal.message("stock: " + sentence);
    for (String line : advice) {
      terminal.message(line);
    }
  }

  @Override
  public void end(boolean isDone) {
    flush();
  }
}
