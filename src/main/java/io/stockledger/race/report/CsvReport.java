package io.stockledger.race.report;

import io.stockledger.race.RaceRow;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The race as comma-separated values (RFC 4180), with a header line. */
public final class CsvReport {
  private static final String LINE_END = "\r\n";

  private CsvReport() {}

  /** The whole file. */
  public static String text(List<RaceRow> rows) {
    StringBuilder text = new StringBuilder(line(RaceColumn::name));
    for (RaceRow row : rows) {
      text.append(line(column -> column.text(row)));
    }
    return text.toString();
  }

  private static String line(Function<RaceColumn, String> cell) {
    return RaceColumn.ALL.stream()
        .map(column -> quoted(cell.apply(column)))
        .collect(Collectors.joining(",", "", LINE_END));
  }

  /** Quotes a value if RFC 4180 requires quotes. */
  static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
