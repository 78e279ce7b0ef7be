package io.stockledger.ledger.closing;

import io.stockledger.db.Attempt;
import io.stockledger.db.Retry;
import io.stockledger.db.failure.KnownException;
import io.stockledger.text.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a batch. A {@link ClosingReader} reads item by item on one connection; the closings of
 * chunks of items are written on others at the same time. After an error that another try can
 * overcome, the run continues after the last item that is done. For one thread.
 *
 * <p>Reading and writing are separate so that one scan serves any number of items, each transaction
 * is bounded, a closing that does not fit is seen before it is written, and the receiver gets what
 * was written. Besides, a statement that only reads may use TiFlash whatever {@code sql_mode} is;
 * TiDB does not use TiFlash for a statement that writes in strict mode (docs.pingcap.com, "Use
 * TiFlash to read data in INSERT … SELECT").
 */
final class BatchRun<I extends ReadItem> implements ItemCursor.Reading, AutoCloseable {

  /** How many chunks are written at a time. More than two, because a commit waits for the disk. */
  static final int WRITERS = 3;

  /** How many chunks are begun at a time. One waits, so that no writer waits for the reader. */
  private static final int BEGUN = WRITERS + 1;

  private final ItemCursor cursor;
  private final ClosingReader<I> reader;
  private final ClosingWriter<I> writer;
  private final Consumer<ItemClosing> receiver;
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final Deque<Chunk> underWay = new ArrayDeque<>();
  private Part part = new Part();

  /** Items whose closings are being written. */
  private record Chunk(long lastItem, Future<List<ItemClosing>> result) {}

  /**
   * Prepares a run.
   *
   * @param aggregates begun
   * @param receiver gets each closing, in the order of items and days, once its chunk is committed
   */
  BatchRun(
      Retry retry,
      AggregateReader aggregates,
      ClosingReader<I> reader,
      Consumer<ItemClosing> receiver) {
    this.cursor = new ItemCursor(retry, aggregates, reader.sql());
    this.reader = reader;
    this.writer = new ClosingWriter<>(retry, reader);
    this.receiver = receiver;
  }

  /**
   * Closes all items.
   *
   * @throws BatchIncompleteException for any failure after something was written
   */
  void run() {
    try {
      cursor.readAll(this);
    } catch (WriteFailure e) {
      throw incomplete(e.failure);
    } catch (KnownException e) {
      throw incomplete(e);
    }
  }

  private KnownException incomplete(KnownException failure) {
    // Afterwards nothing is written any more.
    close();
    return writer.hasChanged() ? new BatchIncompleteException(cursor.lastDone(), failure) : failure;
  }

  /** A chunk could not be written. Reading again, elsewhere or fewer items would not help. */
  private static final class WriteFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final KnownException failure;

    WriteFailure(KnownException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  @Override
  public void read(Connection connection, Attempt attempt, String sql, long lastItem)
      throws SQLException {
    // A stream that broke off may have left chunks under way, and items that are read again.
    finishAllBut(0, attempt::progressed);
    part = new Part();
    reader.read(
        connection,
        sql,
        cursor.lastDone(),
        lastItem,
        item -> {
          part.add(item);
          if (part.closings >= ClosingStatements.MOST_ROWS) {
            begin(part.take(), attempt::progressed);
          }
        });
  }

  @Override
  public void end() {
    Runnable noAttempt = () -> {};
    begin(part.take(), noAttempt);
    finishAllBut(0, noAttempt);
  }

  /** Items that are closed together. */
  private final class Part {
    private List<I> items = new ArrayList<>();
    private int closings;

    void add(I item) {
      items.add(item);
      closings += item.closings();
    }

    List<I> take() {
      List<I> taken = items;
      items = new ArrayList<>();
      closings = 0;
      return taken;
    }
  }

  private void begin(List<I> items, Runnable progressed) {
    if (items.isEmpty()) {
      return;
    }
    finishAllBut(BEGUN - 1, progressed);
    underWay.add(
        new Chunk(items.get(items.size() - 1).itemId(), threads.submit(() -> writer.close(items))));
  }

  /**
   * Waits until no more than some chunks are under way.
   *
   * @param progressed is run for each chunk that is done
   */
  private void finishAllBut(int chunks, Runnable progressed) {
    while (underWay.size() > chunks) {
      Chunk chunk = underWay.remove();
      List<ItemClosing> closings = result(chunk);
      cursor.moveTo(chunk.lastItem());
      progressed.run();
      closings.forEach(receiver);
    }
  }

  private static List<ItemClosing> result(Chunk chunk) {
    try {
      return Waiting.result(chunk.result());
    } catch (KnownException e) {
      throw new WriteFailure(e);
    }
  }

  /** Waits for the chunks that are under way, so that nothing is written any more. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
