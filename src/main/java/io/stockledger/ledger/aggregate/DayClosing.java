package io.stockledger.ledger.aggregate;

import io.stockledger.db.Attempt;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.Retry;
import io.stockledger.db.SqlFailure;
import io.stockledger.db.StockException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One run of a batch. One statement reads the closings of the day, item by item, on one connection;
 * chunks of them are written on another. After an error that another try can overcome, the run
 * continues after the last item that is done. For one thread.
 *
 * <p>Reading and writing are separate so that one scan serves any number of items, each transaction
 * is bounded, a closing that does not fit is seen before it is written, and the receiver gets what
 * was written. Besides, a statement that only reads may use TiFlash whatever {@code sql_mode} is;
 * TiDB does not use TiFlash for a statement that writes in strict mode (docs.pingcap.com, "Use
 * TiFlash to read data in INSERT … SELECT").
 */
final class DayClosing {

  /**
   * How many closings one statement writes: enough that round trips do not matter, and far below
   * the limits. It uses 8,000 of the 65,535 parameters that a prepared statement may have and some
   * 200 KB of the 100 MB of a transaction (docs.pingcap.com, {@code txn-total-size-limit}).
   */
  private static final int CHUNK = 2_000;

  private final Retry retry;
  private final AggregateReader aggregates;
  private final LocalDate day;
  private final Consumer<ItemClosing> receiver;

  /** All items up to this one are done. */
  private long lastDone = Long.MIN_VALUE;

  /** Whether a closing was written, or may have been. */
  private boolean changed;

  /**
   * Prepares a run.
   *
   * @param aggregates begun
   * @param receiver gets each closing, in the order of the items, once its chunk is committed
   */
  DayClosing(
      Retry retry, AggregateReader aggregates, LocalDate day, Consumer<ItemClosing> receiver) {
    this.retry = retry;
    this.aggregates = aggregates;
    this.day = day;
    this.receiver = receiver;
  }

  /**
   * Closes all items.
   *
   * @throws BatchIncompleteException for any failure after something was written
   */
  void run() {
    try {
      closeUpTo(Long.MAX_VALUE);
    } catch (WriteFailure e) {
      throw incomplete(e.failure);
    } catch (StockException e) {
      throw incomplete(e);
    }
  }

  private StockException incomplete(StockException failure) {
    return changed ? new BatchIncompleteException(lastDone, failure) : failure;
  }

  /** A chunk could not be written. Reading again, elsewhere or fewer items would not help. */
  private static final class WriteFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final StockException failure;

    WriteFailure(StockException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /** Closes the items that are not done; by halves if TiDB has not enough memory for all. */
  private void closeUpTo(long lastItem) {
    try {
      aggregates.<Void>read(
          ClosingStatements.CLOSINGS_OF_DAY,
          (connection, attempt, sql) -> {
            readAndWrite(connection, attempt, sql, lastItem);
            return null;
          });
    } catch (DatabaseException e) {
      if (e.failure() != SqlFailure.OUT_OF_QUOTA) {
        throw e;
      }
      OptionalLong middle =
          retry.run(connection -> ClosingStatements.middle(connection, lastDone, lastItem));
      closeUpTo(middle.orElseThrow(() -> e));
      closeUpTo(lastItem);
    }
    lastDone = lastItem;
  }

  private void readAndWrite(Connection connection, Attempt attempt, String sql, long lastItem)
      throws SQLException {
    try (PreparedStatement statement =
            ClosingStatements.closingsOfDay(connection, sql, day, lastDone, lastItem);
        ResultSet rows = statement.executeQuery()) {
      List<Closing> chunk = new ArrayList<>(CHUNK);
      while (rows.next()) {
        chunk.add(ClosingStatements.closing(rows));
        if (chunk.size() == CHUNK) {
          finish(chunk);
          attempt.progressed();
          chunk.clear();
        }
      }
      // Before the stream is closed: then Connector/J sends a statement of its own, which clears
      // the
      // warnings.
      aggregates.checkPlace(statement);
      finish(chunk);
    }
  }

  private void finish(List<Closing> chunk) {
    if (chunk.isEmpty()) {
      return;
    }
    List<Closing> inRange = chunk.stream().filter(Closing::isInRange).toList();
    Map<Long, ItemClosing> left = inRange.isEmpty() ? Map.of() : write(inRange);
    lastDone = chunk.get(chunk.size() - 1).itemId();
    for (Closing closing : chunk) {
      receiver.accept(
          closing.isInRange()
              ? left.getOrDefault(
                  closing.itemId(),
                  new ItemClosing.Written(closing.itemId(), closing.units().longValueExact()))
              : new ItemClosing.OutOfRange(closing.itemId(), closing.units()));
    }
  }

  /** Returns, by item, what became of the closings that gave way to closings of more moves. */
  private Map<Long, ItemClosing> write(List<Closing> closings) {
    try {
      return retry.run(
          connection -> {
            try {
              ClosingStatements.write(connection, day, closings);
              changed = true;
            } catch (SQLException e) {
              changed |= SqlFailure.of(e).isConnectionLost();
              throw e;
            }
            return left(connection, closings);
          });
    } catch (StockException e) {
      throw new WriteFailure(e);
    }
  }

  private Map<Long, ItemClosing> left(Connection connection, List<Closing> closings)
      throws SQLException {
    Map<Long, Long> counted = ClosingStatements.movesCounted(connection, day, closings);
    Map<Long, ItemClosing> left = new HashMap<>();
    for (Closing closing : closings) {
      long itemId = closing.itemId();
      long moveNo = counted.getOrDefault(itemId, closing.moveNo());
      if (moveNo > closing.moveNo()) {
        long lastNo = ClosingStatements.lastNumber(connection, itemId);
        left.put(
            itemId,
            moveNo > lastNo
                ? new ItemClosing.Damaged(itemId, moveNo, lastNo)
                : new ItemClosing.Newer(itemId));
      }
    }
    return left;
  }
}
