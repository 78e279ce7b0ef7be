package io.stockledger.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.stockledger.ledger.PrintableText;
import java.util.stream.Stream;

/** A result in comma-separated values (RFC 4180), with a header and lines that end as on Unix. */
final class Csv {
  private final CsvWriter writer;
  private final String[] names;
  private boolean begun;

  Csv(Terminal terminal, String... names) {
    this.names = names.clone();
    // The terminal has a buffer of its own, and closes the writer.
    this.writer =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .bufferSize(0)
            .build(terminal.resultWriter());
  }

  /** Writes one record, without characters that a terminal would obey. */
  void add(Object... values) {
    begin();
    writer.writeRecord(
        Stream.of(values)
            .map(value -> PrintableText.printable(String.valueOf(value)))
            .toArray(String[]::new));
  }

  /** Ends the result, which has a header even if it has no record. */
  void end() {
    begin();
  }

  /** Writes the header with the first record, so that a command that fails prints nothing. */
  private void begin() {
    if (!begun) {
      writer.writeRecord(names);
      begun = true;
    }
  }
}
