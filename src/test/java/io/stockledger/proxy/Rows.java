package io.stockledger.proxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A result set to answer with: {@code Rows.of("Variable_name", "Value").row("a", null)}. */
public final class Rows {
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private int warnings;

  private Rows(List<String> columns) {
    this.columns = columns;
  }

  /** No row yet. */
  public static Rows of(String... columns) {
    return new Rows(List.of(columns));
  }

  /** Adds a row; a null stands for SQL's NULL. */
  public Rows row(String... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for the columns " + columns);
    }
    rows.add(Arrays.asList(values.clone()));
    return this;
  }

  /** Says that the statement gave so many warnings, which SHOW WARNINGS is asked for. */
  public Rows withWarnings(int count) {
    warnings = count;
    return this;
  }

  int warnings() {
    return warnings;
  }

  List<String> columns() {
    return columns;
  }

  List<List<String>> rows() {
    return rows;
  }
}
