package io.stockledger.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Runs statements with parameters. Every statement of the product is sent through this class. */
public final class Sql {
  /**
   * MariaDB turns longer lists into a join with a temporary table, which may be read by another
   * plan (in_predicate_conversion_threshold, 1000 by default; mariadb.com/kb, "Conversion of big IN
   * predicates into subqueries").
   */
  private static final int LONGEST_LIST = 500;

  private Sql() {}

  /** Makes a value from the current row of a result. */
  @FunctionalInterface
  public interface RowMapper<R> {
    R map(ResultSet row) throws SQLException;
  }

  /**
   * Runs a statement that writes.
   *
   * @return the number of rows that it wrote, as the driver counts them
   */
  public static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** Runs a query and returns all its rows, which are kept in memory. */
  public static <R> List<R> rows(
      Connection connection, String sql, RowMapper<R> mapper, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return rows(statement, mapper);
    }
  }

  /** Runs a prepared query and returns all its rows. */
  public static <R> List<R> rows(PreparedStatement statement, RowMapper<R> mapper)
      throws SQLException {
    List<R> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        values.add(mapper.map(rows));
      }
    }
    return values;
  }

  /** Runs a query that has at most one row. */
  public static <R> Optional<R> row(
      Connection connection, String sql, RowMapper<R> mapper, Object... parameters)
      throws SQLException {
    return rows(connection, sql, mapper, parameters).stream().findFirst();
  }

  /**
   * Runs a query that always has a row, such as a sum.
   *
   * @return the number in its first column; 0 if that is NULL
   * @throws SQLException also if there is no row
   */
  public static long number(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return row(connection, sql, row -> row.getLong(1), parameters)
        .orElseThrow(() -> new SQLException("A query returned no row: " + sql.strip()));
  }

  /** Prepares a statement and sets its parameters, in their order. */
  public static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return setParameters(connection.prepareStatement(sql), parameters);
  }

  /**
   * Prepares a query whose rows arrive as they are read. Connector/J keeps a whole result in memory
   * unless it is asked for a stream in this way (its manual, "JDBC API implementation notes").
   */
  public static PreparedStatement stream(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement =
        setParameters(
            connection.prepareStatement(
                sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY),
            parameters);
    statement.setFetchSize(Integer.MIN_VALUE);
    return statement;
  }

  static PreparedStatement setParameters(PreparedStatement statement, Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** Returns values in lists that an IN may have. */
  public static <T> List<List<T>> parts(Collection<T> values) {
    return parts(values, LONGEST_LIST);
  }

  /** Returns values in lists of a size. */
  public static <T> List<List<T>> parts(Collection<T> values, int size) {
    List<T> all = List.copyOf(values);
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }

  /**
   * Repeats a part of a statement, with commas between: a row of VALUES, a place in IN.
   *
   * @param part as it is in the statement once, such as {@code (?, ?)}
   */
  public static String repeat(String sql, String part, int times) {
    return sql.replace(part, String.join(", ", Collections.nCopies(times, part)));
  }
}
