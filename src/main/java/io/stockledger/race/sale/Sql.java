package io.stockledger.race.sale;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Statements with parameters, in one line each. */
public final class Sql {
  private Sql() {}

  /** Runs a statement that writes and gives the number of rows it wrote. */
  public static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /**
   * The first row of a query, as numbers.
   *
   * @throws SQLException also when there is no row: every query here asks for one that is there
   */
  public static long[] row(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("A row of the race is missing: " + sql.strip());
      }
      long[] numbers = new long[rows.getMetaData().getColumnCount()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = rows.getLong(i + 1);
      }
      return numbers;
    }
  }

  /** The first column of the first row. */
  public static long number(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return row(connection, sql, parameters)[0];
  }

  public static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
