package io.stockledger.cli.output;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a command's result that programs can read: named values in their order. Names are in
 * snake case, and stay the same from version to version.
 *
 * @param values by name. A number is a Long, an Integer, a BigInteger or a BigDecimal; a day is a
 *     LocalDate; a time is an Instant, or, in the time zone of the database's sessions, a
 *     LocalDateTime. All other values are String, Boolean, a list of rows or of strings, and null.
 */
public record Row(Map<String, Object> values) {

  /** Makes a row that keeps its values. */
  public Row {
    values.forEach(Row::check);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Makes a row of names that alternate with their values. */
  public static Row of(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Row(values);
  }

  /** Returns the row with the values of another one after its own. */
  public Row and(Row more) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.putAll(more.values);
    return new Row(all);
  }

  /** Returns the names of the values that fit into one cell: all but lists. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(values.keySet());
    columns.removeIf(name -> values.get(name) instanceof List);
    return columns;
  }

  /** Returns a value as text for programs: days and times in their ISO form, numbers plain. */
  static String text(Object value) {
    if (value instanceof LocalDateTime time) {
      return Times.iso(time);
    }
    if (value instanceof Instant moment) {
      return Times.iso(moment);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static void check(String name, Object value) {
    boolean isKnown =
        value == null
            || value instanceof Long
            || value instanceof Integer
            || value instanceof BigInteger
            || value instanceof BigDecimal
            || value instanceof Boolean
            || value instanceof String
            || value instanceof LocalDate
            || value instanceof LocalDateTime
            || value instanceof Instant
            || value instanceof List;
    if (!isKnown) {
      throw new IllegalArgumentException("No form for " + name + ": " + value.getClass());
    }
  }
}
