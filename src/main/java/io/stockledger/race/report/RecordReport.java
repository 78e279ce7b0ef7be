package io.stockledger.race.report;

import io.stockledger.race.RaceRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The race as one record per strategy, for programs. */
public final class RecordReport {
  private RecordReport() {}

  /** Returns the names and the values of each strategy's record: texts and numbers. */
  public static List<Map<String, Object>> values(List<RaceRow> rows) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (RaceRow row : rows) {
      Map<String, Object> values = new LinkedHashMap<>();
      RaceColumn.of(rows).forEach(column -> values.put(column.name(), column.value().apply(row)));
      records.add(values);
    }
    return records;
  }
}
