package io.stockledger.race.report;

import io.stockledger.race.RaceRow;
import java.util.ArrayList;
import java.util.List;

/** The race as an aligned table for a person: names to the left, numbers to the right. */
public final class TableReport {
  private static final String BETWEEN = "  ";

  private TableReport() {}

  /** The lines of the table, its heads first. */
  public static List<String> lines(List<RaceRow> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(RaceColumn.ALL.stream().map(RaceColumn::head).toList());
    for (RaceRow row : rows) {
      cells.add(RaceColumn.ALL.stream().map(column -> column.text(row)).toList());
    }
    int[] widths = new int[RaceColumn.ALL.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return cells.stream().map(line -> line(line, widths)).toList();
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      boolean isText = i == 0 || i == widths.length - 1;
      line.append(i == 0 ? "" : BETWEEN)
          .append(isText ? cells.get(i) + padding : padding + cells.get(i));
    }
    return line.toString().stripTrailing();
  }
}
