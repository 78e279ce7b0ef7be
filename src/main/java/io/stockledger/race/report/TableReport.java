package io.stockledger.race.report;

import io.stockledger.race.RaceRow;
import io.stockledger.text.table.TextTable;
import java.util.ArrayList;
import java.util.List;

/** The race as an aligned table for a person. */
public final class TableReport {
  private TableReport() {}

  /** The lines of the table, its heads first. */
  public static List<String> lines(List<RaceRow> rows) {
    List<RaceColumn> columns = RaceColumn.of(rows);
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(RaceColumn::head).toList());
    for (RaceRow row : rows) {
      cells.add(columns.stream().map(column -> column.text(row)).toList());
    }
    return new TextTable(columns.stream().map(RaceColumn::isText).toList()).lines(cells);
  }
}
