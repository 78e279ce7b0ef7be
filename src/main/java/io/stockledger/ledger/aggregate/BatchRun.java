package io.stockledger.ledger.aggregate;

import io.stockledger.db.Attempt;
import io.stockledger.db.Retry;
import io.stockledger.db.SqlFailure;
import io.stockledger.db.StockException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of a batch. A {@link ClosingReader} reads closings, item by item, on one connection;
 * chunks of them are written on another. After an error that another try can overcome, the run
 * continues after the last item that is done. For one thread.
 *
 * <p>Reading and writing are separate so that one scan serves any number of items, each transaction
 * is bounded, a closing that does not fit is seen before it is written, and the receiver gets what
 * was written. Besides, a statement that only reads may use TiFlash whatever {@code sql_mode} is;
 * TiDB does not use TiFlash for a statement that writes in strict mode (docs.pingcap.com, "Use
 * TiFlash to read data in INSERT … SELECT").
 */
final class BatchRun {
  private final Retry retry;
  private final ItemCursor cursor;
  private final ClosingReader reader;
  private final Consumer<ItemClosing> receiver;
  private final List<Closing> chunk = new ArrayList<>(ClosingStatements.MOST_ROWS);

  /** Whether a closing was written, or may have been. */
  private boolean changed;

  /**
   * Prepares a run.
   *
   * @param aggregates begun
   * @param receiver gets each closing, in the order of items and days, once its chunk is committed
   */
  BatchRun(
      Retry retry,
      AggregateReader aggregates,
      ClosingReader reader,
      Consumer<ItemClosing> receiver) {
    this.retry = retry;
    this.cursor = new ItemCursor(retry, aggregates, reader.sql());
    this.reader = reader;
    this.receiver = receiver;
  }

  /**
   * Closes all items.
   *
   * @throws BatchIncompleteException for any failure after something was written
   */
  void run() {
    try {
      cursor.readAll(this::readAndWrite);
    } catch (WriteFailure e) {
      throw incomplete(e.failure);
    } catch (StockException e) {
      throw incomplete(e);
    }
  }

  private StockException incomplete(StockException failure) {
    return changed ? new BatchIncompleteException(cursor.lastDone(), failure) : failure;
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

  private void readAndWrite(Connection connection, Attempt attempt, String sql, long lastItem)
      throws SQLException {
    // A stream that broke off has left closings that are not written.
    chunk.clear();
    reader.read(
        connection,
        sql,
        cursor.lastDone(),
        lastItem,
        closings -> {
          chunk.addAll(closings);
          if (chunk.size() >= ClosingStatements.MOST_ROWS) {
            finish();
            attempt.progressed();
          }
        });
    finish();
  }

  private void finish() {
    if (chunk.isEmpty()) {
      return;
    }
    Map<ClosingKey, ItemClosing> others = write();
    cursor.moveTo(chunk.get(chunk.size() - 1).itemId());
    for (Closing closing : chunk) {
      ItemClosing other = others.get(new ClosingKey(closing.itemId(), closing.day()));
      receiver.accept(other == null ? closing.result() : other);
    }
    chunk.clear();
  }

  /** Writes the chunk and returns the results that are not simply those of its closings. */
  private Map<ClosingKey, ItemClosing> write() {
    try {
      return retry.run(
          connection -> {
            try {
              ClosingStatements.write(connection, chunk, () -> changed = true);
            } catch (SQLException e) {
              changed |= SqlFailure.of(e).isConnectionLost();
              throw e;
            }
            Map<ClosingKey, ItemClosing> others = newer(connection);
            others.putAll(refreshed(connection));
            return others;
          });
    } catch (StockException e) {
      throw new WriteFailure(e);
    }
  }

  /** Returns what became of closings that gave way to closings of more moves. */
  private Map<ClosingKey, ItemClosing> newer(Connection connection) throws SQLException {
    Map<ClosingKey, Long> numbers = ClosingStatements.numbers(connection, chunk);
    Map<ClosingKey, ItemClosing> newer = new HashMap<>();
    for (Closing closing : chunk) {
      ClosingKey key = new ClosingKey(closing.itemId(), closing.day());
      long moveNo = numbers.getOrDefault(key, closing.moveNo());
      if (moveNo > closing.moveNo()) {
        long lastNo = ClosingStatements.lastNumber(connection, closing.itemId());
        newer.put(
            key,
            moveNo > lastNo
                ? new ItemClosing.Damaged(closing.itemId(), closing.day(), moveNo, lastNo)
                : new ItemClosing.Newer(closing.itemId(), closing.day()));
      }
    }
    return newer;
  }

  /**
   * Writes the closings anew up to whose day a move was committed after the batch had read, because
   * the writer of that move may have looked for closings before this batch wrote them.
   */
  private Map<ClosingKey, ItemClosing> refreshed(Connection connection) throws SQLException {
    Map<Long, Long> lastNumbers = new HashMap<>();
    Map<Long, LocalDate> lastDays = new HashMap<>();
    for (Closing closing : chunk) {
      lastNumbers.put(closing.itemId(), closing.moveNo());
      lastDays.put(closing.itemId(), closing.day());
    }
    Map<ClosingKey, ItemClosing> refreshed = new HashMap<>();
    for (long itemId : ClosingStatements.itemsWithNextMove(connection, lastNumbers)) {
      Optional<LocalDate> firstDay =
          ClosingStatements.firstDayOfLaterMoves(connection, itemId, lastNumbers.get(itemId));
      if (firstDay.isPresent() && !firstDay.get().isAfter(lastDays.get(itemId))) {
        List<Closing> closings = StaleClosings.ofItem(connection, itemId, firstDay.get());
        ClosingStatements.write(connection, closings, () -> changed = true);
        closings.forEach(
            closing ->
                refreshed.put(new ClosingKey(closing.itemId(), closing.day()), closing.result()));
      }
    }
    return refreshed;
  }
}
