package io.stockledger.cli.output;

import java.util.List;

/**
 * Results as JSON (RFC 8259), one object per line. The terminal writes characters that it would
 * obey in the form of JSON's escapes, so the values stay what they are.
 */
final class JsonOutput implements Output {
  private final Terminal terminal;

  JsonOutput(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void outcome(boolean ok, Row row, String... textLines) {
    row(Row.of("ok", ok).and(row));
  }

  @Override
  public void refused(Row row, String... textLines) {
    row(Row.of("ok", false).and(row));
  }

  @Override
  public void refusedBecause(Row row, String sentence) {
    refused(row);
  }

  @Override
  public void columns(String... names) {}

  @Override
  public void row(Row row) {
    terminal.result(JsonText.of(row));
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
    terminal.record(JsonText.of(Row.of("error", kind, "message", sentence, "status", status)));
  }

  @Override
  public void end(boolean isDone) {}
}
