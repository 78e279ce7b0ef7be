package io.stockledger.db;

import io.stockledger.db.Sql.RowMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Several statements that are sent in one message, so that they take one round trip. The server
 * runs them one after another and stops at the first error.
 */
public final class Message {
  private final List<String> statements = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();
  private final List<ResultReader> readers = new ArrayList<>();

  /** Reads the result of one statement. */
  @FunctionalInterface
  private interface ResultReader {
    void read(PreparedStatement statement) throws SQLException;
  }

  /** Adds a statement of whose result only an error matters. */
  public Message then(String sql, Object... values) {
    return add(sql, statement -> {}, values);
  }

  /**
   * Adds a statement that writes.
   *
   * @param rows receives the number of rows that it wrote
   */
  public Message thenUpdate(String sql, IntConsumer rows, Object... values) {
    return add(sql, statement -> rows.accept(statement.getUpdateCount()), values);
  }

  /**
   * Adds a query.
   *
   * @param receiver receives the value of each row
   */
  public <R> Message thenRows(
      String sql, RowMapper<R> mapper, Consumer<R> receiver, Object... values) {
    return add(
        sql,
        statement -> {
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              receiver.accept(mapper.map(rows));
            }
          }
        },
        values);
  }

  private Message add(String sql, ResultReader reader, Object... values) {
    statements.add(sql.strip());
    readers.add(reader);
    parameters.addAll(Arrays.asList(values));
    return this;
  }

  /** Sends the statements and reads their results. */
  public void send(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        Sql.prepare(connection, String.join(";", statements), parameters.toArray())) {
      statement.execute();
      for (int result = 0; result < readers.size(); result++) {
        if (result > 0) {
          // The error of a later statement comes with its result.
          statement.getMoreResults();
        }
        readers.get(result).read(statement);
      }
    }
  }
}
