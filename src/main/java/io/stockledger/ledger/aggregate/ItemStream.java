package io.stockledger.ledger.aggregate;

import io.stockledger.db.Attempt;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A stream of the rows of a statement that returns at most one row per item, in the order of the
 * items. After an error that another try can overcome, the stream continues after the last item
 * that was passed on, so that no item is passed on twice. For one thread.
 */
final class ItemStream<R> {
  /** After so many rows the next failure counts as another one. */
  private static final int ROWS_OF_PROGRESS = 1_000;

  private final Retry retry;
  private final AggregateReader aggregates;
  private final Query<R> query;
  private final Consumer<R> receiver;

  /** All items up to this one are passed on. */
  private long lastDone = Long.MIN_VALUE;

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
    this.retry = retry;
    this.aggregates = aggregates;
    this.query = query;
    this.receiver = receiver;
  }

  /** Passes the rows of all items on. */
  void run() {
    readUpTo(Long.MAX_VALUE);
  }

  /** Reads the items that are not done; by halves if TiDB has not enough memory for all. */
  private void readUpTo(long lastItem) {
    try {
      aggregates.<Void>read(
          query.sql(),
          (connection, attempt, sql) -> {
            read(connection, attempt, sql, lastItem);
            return null;
          });
    } catch (DatabaseException e) {
      if (e.failure() != SqlFailure.OUT_OF_QUOTA) {
        throw e;
      }
      OptionalLong middle =
          retry.run(connection -> ClosingStatements.middle(connection, lastDone, lastItem));
      readUpTo(middle.orElseThrow(() -> e));
      readUpTo(lastItem);
    }
    lastDone = lastItem;
  }

  private void read(Connection connection, Attempt attempt, String sql, long lastItem)
      throws SQLException {
    Object[] parameters = query.parameters().of(lastDone, lastItem);
    int rowsOfTry = 0;
    try (PreparedStatement statement = Sql.stream(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        R row = query.mapper().map(rows);
        lastDone = rows.getLong("item_id");
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
