package io.stockledger.ledger.closing;

import io.stockledger.db.Attempt;
import io.stockledger.db.Retry;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The place up to which a statement about all items has been read, in the order of the items. After
 * an error that another try can overcome, reading continues there. For one thread.
 */
final class ItemCursor {

  /** Reads the items after the cursor and up to another item, and moves the cursor along. */
  @FunctionalInterface
  interface Reading {
    void read(Connection connection, Attempt attempt, String sql, long lastItem)
        throws SQLException;

    /** Does what is left to do with the items read, when their connection has been given back. */
    default void end() {}
  }

  private final Retry retry;
  private final AggregateReader aggregates;
  private final String sql;
  private long lastDone = Long.MIN_VALUE;

  /**
   * Makes a cursor before all items.
   *
   * @param aggregates begun
   * @param sql the statement, with hints for TiFlash
   */
  ItemCursor(Retry retry, AggregateReader aggregates, String sql) {
    this.retry = retry;
    this.aggregates = aggregates;
    this.sql = sql;
  }

  /** Returns the item up to which all items are done. */
  long lastDone() {
    return lastDone;
  }

  void moveTo(long itemId) {
    lastDone = itemId;
  }

  /** Reads all items. */
  void readAll(Reading reading) {
    readUpTo(Long.MAX_VALUE, reading);
  }

  /** Reads the items that are not done; by halves if TiDB has not enough memory for all. */
  private void readUpTo(long lastItem, Reading reading) {
    try {
      aggregates.<Void>read(
          sql,
          (connection, attempt, text) -> {
            reading.read(connection, attempt, text, lastItem);
            return null;
          });
      reading.end();
    } catch (DatabaseException e) {
      if (e.failure() != SqlFailure.OUT_OF_QUOTA) {
        throw e;
      }
      OptionalLong middle =
          retry.run(connection -> ClosingStatements.middle(connection, lastDone, lastItem));
      readUpTo(middle.orElseThrow(() -> e), reading);
      readUpTo(lastItem, reading);
    }
    lastDone = lastItem;
  }
}
