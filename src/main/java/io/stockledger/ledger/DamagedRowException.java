package io.stockledger.ledger;

import io.stockledger.db.failure.KnownException;
import java.util.Map;

/** A row has a value in one of its columns that no command writes, so that it can't be used. */
public final class DamagedRowException extends KnownException {
  private static final long serialVersionUID = 1;

  private final String column;
  private final String value;
  private final transient Map<String, Object> row;

  /**
   * Makes the failure.
   *
   * @param column whose value can't be used
   * @param value as the server shows it
   * @param row values that name the row, in order, by the names of their columns
   */
  public DamagedRowException(String column, String value, Map<String, Object> row) {
    super("damaged_row", column + " is " + value + " in the row " + row, null);
    this.column = column;
    this.value = value;
    this.row = row;
  }

  public String column() {
    return column;
  }

  /** Returns the value as the server shows it. */
  public String value() {
    return value;
  }

  /**
   * Returns what names the row, in order: values by the names of their columns. Empty if the
   * statement returned none of them.
   */
  public Map<String, Object> row() {
    return row;
  }
}
