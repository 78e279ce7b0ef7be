package io.stockledger.ledger.closing;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The rows of an open statement, as they arrive, in the order of their column {@code item_id}.
 *
 * <p>The stream may stand still while what was read is written. A server ends a connection whose
 * client does not read for {@code net_write_timeout}, 60 s by default; Connector/J sets that to 600
 * s for the statement (its manual, {@code netTimeoutForStreamingResults}), and TiDB has no such
 * limit (its pkg/sessionctx/variable/noop.go has the variable, which does nothing). If a stream
 * ends early all the same, that counts as a lost connection.
 */
final class ItemRows implements AutoCloseable {
  private final PreparedStatement statement;
  private final ResultSet rows;
  private boolean hasRow;
  private long itemId;

  private ItemRows(PreparedStatement statement) throws SQLException {
    this.statement = statement;
    this.rows = statement.executeQuery();
    next();
  }

  /** Runs the statement, and stands at the first row if there is one. */
  static ItemRows open(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = Sql.stream(connection, sql, parameters);
    try {
      return new ItemRows(statement);
    } catch (SQLException e) {
      try (statement) {
        throw e;
      }
    }
  }

  /** Whether there is a row here. */
  boolean hasRow() {
    return hasRow;
  }

  /** Returns the item of the row. */
  long itemId() {
    return itemId;
  }

  /** Returns the row. */
  ResultSet row() {
    return rows;
  }

  /**
   * Goes on to the next row.
   *
   * @return whether there is one, and it is of the same item
   */
  boolean next() throws SQLException {
    long itemBefore = itemId;
    hasRow = rows.next();
    if (hasRow) {
      itemId = rows.getLong("item_id");
    }
    return hasRow && itemId == itemBefore;
  }

  /** Returns the statement, whose warnings can be read until it is closed. */
  PreparedStatement statement() {
    return statement;
  }

  @Override
  public void close() throws SQLException {
    try (statement) {
      rows.close();
    }
  }
}
