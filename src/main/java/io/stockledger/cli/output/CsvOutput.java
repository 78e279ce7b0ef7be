package io.stockledger.cli.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.stockledger.text.PrintableText;
import java.util.List;

/**
 * Results as comma-separated values (RFC 4180) or with another delimiter, with a header and lines
 * that end as on Unix. Refusals and failures are sentences on stderr.
 */
final class CsvOutput implements Output {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Terminal terminal;
  private final CsvStyle style;
  private final CsvWriter writer;
  private List<String> columns = List.of();
  private boolean begun;

  CsvOutput(Terminal terminal, CsvStyle style) {
    this.terminal = terminal;
    this.style = style;
    // The terminal has a buffer of its own, and closes the writer.
    this.writer =
        CsvWriter.builder()
            .fieldSeparator(style.delimiter().character())
            .lineDelimiter(LineDelimiter.LF)
            .bufferSize(0)
            .build(terminal.resultWriter());
  }

  @Override
  public void outcome(boolean ok, Row row, String... textLines) {
    row(row);
  }

  @Override
  public void refused(Row row, String... textLines) {
    for (String line : textLines) {
      terminal.message(line);
    }
  }

  @Override
  public void refusedBecause(Row row, String sentence) {
    terminal.message("stock: " + sentence);
  }

  @Override
  public void columns(String... names) {
    columns = List.of(names);
  }

  @Override
  public void row(Row row) {
    if (columns.isEmpty()) {
      columns = row.columns();
    }
    if (columns.isEmpty()) {
      return;
    }
    begin();
    writer.writeRecord(
        columns.stream().map(name -> cell(row.values().get(name))).toArray(String[]::new));
  }

  /** Returns a value without characters that a terminal would obey. */
  private static String cell(Object value) {
    return value == null ? "" : PrintableText.printable(Row.text(value));
  }

  /** Writes the header with the first record, so that a command that fails prints nothing. */
  private void begin() {
    if (!begun && !columns.isEmpty()) {
      if (style.hasByteOrderMark()) {
        terminal.text(BYTE_ORDER_MARK);
      }
      writer.writeRecord(columns);
      begun = true;
    }
  }

  @Override
  public void line(Row row, String text) {
    row(row);
  }

  @Override
  public void table(List<Row> rows, List<String> textLines) {
    rows.forEach(this::row);
  }

  @Override
  public void failure(String kind, String sentence, int status, String... advice) {
    new TextOutput(terminal).failure(kind, sentence, status, advice);
  }

  @Override
  public void end(boolean isDone) {
    if (isDone) {
      begin();
    }
  }
}
