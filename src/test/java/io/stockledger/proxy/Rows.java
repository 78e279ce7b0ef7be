package io.stockledger.proxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A result set that a test answers with: {@code Rows.of("Variable_name", "Value").row("a", null)}.
 */
public final class Rows {
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private int warnings;

  private Rows(List<String> columns) {
    this.columns = columns;
  }

  /** Returns a result set with these columns and no rows. */
  public static Rows of(String... columns) {
    return new Rows(List.of(columns));
  }

  /** Adds a row, in which null is SQL's NULL. */
  public Rows row(String... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for the columns " + columns);
    }
    rows.add(Arrays.asList(values.clone()));
    return this;
  }

  /**
   * Sets the warning count of the result set, so that the client asks for the warnings with SHOW
   * WARNINGS.
   */
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
