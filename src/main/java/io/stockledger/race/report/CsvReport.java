package io.stockledger.race.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.stockledger.race.RaceRow;
import java.io.StringWriter;
import java.util.List;

/** The race as comma-separated values (RFC 4180), with a header line. */
public final class CsvReport {
  private CsvReport() {}

  /** The whole file. */
  public static String text(List<RaceRow> rows) {
    List<RaceColumn> columns = RaceColumn.of(rows);
    StringWriter text = new StringWriter();
    CsvWriter writer =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).bufferSize(0).build(text);
    writer.writeRecord(columns.stream().map(RaceColumn::name).toList());
    for (RaceRow row : rows) {
      writer.writeRecord(columns.stream().map(column -> column.text(row)).toList());
    }
    return text.toString();
  }
}
