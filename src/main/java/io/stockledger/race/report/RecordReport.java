package io.stockledger.race.report;

import io.stockledger.race.RaceRow;
import java.util.LinkedHashMap;
import java.util.Map;

/** The race as one record per strategy, for programs. */
public final class RecordReport {
  private RecordReport() {}

  /** Returns the names and the values of a strategy's record: texts and numbers. */
  public static Map<String, Object> values(RaceRow row) {
    Map<String, Object> values = new LinkedHashMap<>();
    RaceColumn.ALL.forEach(column -> values.put(column.name(), column.value().apply(row)));
    return values;
  }
}
