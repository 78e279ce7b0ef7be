package io.stockledger.ledger;

import io.stockledger.ledger.rule.MoveRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A DATE as a row has it, which need not be a day. A server stores 0000-00-00, and under
 * ALLOW_INVALID_DATES 2025-02-31, if the {@code sql_mode} of the session that writes lets it
 * (dev.mysql.com, "Server SQL Modes"). Connector/J returns such a value as text only: asked for a
 * LocalDate it throws an SQLException without a code or a DateTimeException.
 *
 * <p>All dates and times of the ledger's tables are read by this class. A reader that needs the day
 * calls {@link #day(ResultSet, String, String...)}, which names the row. A reader whose answer does
 * not rest on the value, as the checks of {@code verify}, reads the date as it is.
 *
 * @param text as the server shows it, in the order of the server: by year, month, day
 */
public record StoredDate(String text) implements Comparable<StoredDate> {
  /** A date before all that a row can have. */
  public static final StoredDate MIN = new StoredDate("");

  /** A date after all that a row can have. */
  public static final StoredDate MAX = new StoredDate("99999");

  /** Returns the date of a day from the year 1000 to the year 9999. */
  public static StoredDate of(LocalDate day) {
    return new StoredDate(day.toString());
  }

  /** Returns the date as it is; empty if it is NULL. */
  public static Optional<StoredDate> ifAny(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(StoredDate::new);
  }

  /** Returns the date of a column that is not NULL, as it is. */
  public static StoredDate of(ResultSet row, String column) throws SQLException {
    return new StoredDate(row.getString(column));
  }

  /**
   * Returns the day of a column that is not NULL.
   *
   * @param keys columns of the result that name the row
   * @throws DamagedRowException if it is not a day
   */
  public static LocalDate day(ResultSet row, String column, String... keys) throws SQLException {
    return dayIfAny(row, column, keys).orElseThrow();
  }

  /**
   * Returns the day of a column; empty if it is NULL.
   *
   * @param keys columns of the result that name the row
   * @throws DamagedRowException if it is not a day
   */
  public static Optional<LocalDate> dayIfAny(ResultSet row, String column, String... keys)
      throws SQLException {
    Optional<StoredDate> stored = ifAny(row, column);
    return stored.isEmpty()
        ? Optional.empty()
        : Optional.of(stored.get().dayOf(column, values(row, keys)));
  }

  /**
   * Returns the day.
   *
   * @param column in which it is stored
   * @param row what names the row, by the names of columns
   * @throws DamagedRowException if it is not a day
   */
  public LocalDate dayOf(String column, Map<String, Object> row) {
    return day().orElseThrow(() -> new DamagedRowException(column, text, row));
  }

  /**
   * Returns the time of a DATETIME column that is not NULL.
   *
   * @param keys columns of the result that name the row
   * @throws DamagedRowException if it is not a time
   */
  public static LocalDateTime time(ResultSet row, String column, String... keys)
      throws SQLException {
    String text = row.getString(column);
    if (dayOfTime(text).isEmpty()) {
      throw new DamagedRowException(column, text, values(row, keys));
    }
    return row.getObject(column, LocalDateTime.class);
  }

  /** Returns the day of a DATETIME as the server shows it; empty if {@link #time} refuses it. */
  public static Optional<LocalDate> dayOfTime(String text) {
    return new StoredDate(text.substring(0, Math.min(text.length(), "2025-09-19".length()))).day();
  }

  private static Map<String, Object> values(ResultSet row, String... keys) throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String key : keys) {
      values.put(key, row.getString(key));
    }
    return values;
  }

  /**
   * Returns the day; empty if the calendar has none, or if it is before {@link
   * MoveRequest#FIRST_DAY}.
   */
  public Optional<LocalDate> day() {
    try {
      LocalDate day =
          LocalDate.of(
              Integer.parseInt(text, 0, 4, 10),
              Integer.parseInt(text, 5, 7, 10),
              Integer.parseInt(text, 8, text.length(), 10));
      return day.isBefore(MoveRequest.FIRST_DAY) ? Optional.empty() : Optional.of(day);
    } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  public boolean isAfter(StoredDate other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(StoredDate other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
