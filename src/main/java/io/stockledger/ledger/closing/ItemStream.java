package io.stockledger.ledger.closing;

import io.stockledger.db.Attempt;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * A stream of the rows of a statement that returns at most one row per item, in the order of the
 * items. After an error that another try can overcome, the stream continues after the last item
 * that was passed on, so that no item is passed on twice. For one thread.
 */
final class ItemStream<R> {
  /** After so many rows the next failure counts as another one. */
  private static final int ROWS_OF_PROGRESS = 1_000;

  private final ItemCursor cursor;
  private final AggregateReader aggregates;
  private final Query<R> query;
  private final Consumer<R> receiver;

  /**
   * A statement for some of the items.
   *
   * @param sql returns the column {@code item_id}
   * @param parameters those of the statement, for the items after one and up to another
   */
  record Query<R>(String sql, Parameters parameters, Sql.RowMapper<R> mapper) {}

  /** The parameters of a statement for some of the items. */
  @FunctionalInterface
  interface Parameters {
    Object[] of(long afterItem, long lastItem);
  }

  /**
   * Prepares a stream.
   *
   * @param aggregates begun
   */
  ItemStream(Retry retry, AggregateReader aggregates, Query<R> query, Consumer<R> receiver) {
    this.cursor = new ItemCursor(retry, aggregates, query.sql());
    this.aggregates = aggregates;
    this.query = query;
    this.receiver = receiver;
  }

  /** Passes the rows of all items on. */
  void run() {
    cursor.readAll(this::read);
  }

  private void read(Connection connection, Attempt attempt, String sql, long lastItem)
      throws SQLException {
    Object[] parameters = query.parameters().of(cursor.lastDone(), lastItem);
    int rowsOfTry = 0;
    try (PreparedStatement statement = Sql.stream(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        R row = query.mapper().map(rows);
        cursor.moveTo(rows.getLong("item_id"));
        receiver.accept(row);
        if (++rowsOfTry % ROWS_OF_PROGRESS == 0) {
          attempt.progressed();
        }
      }
      // Before the stream is closed: then Connector/J sends a statement of its own, which clears
      // the warnings.
      aggregates.checkPlace(statement);
    }
  }
}
