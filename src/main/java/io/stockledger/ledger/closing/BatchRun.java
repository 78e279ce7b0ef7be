package io.stockledger.ledger.closing;

import io.stockledger.db.Retry;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.tiflash.TiflashReader;
import io.stockledger.text.Waiting;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a batch: it reads chunk after chunk of the items on one connection, while the closings
 * of those before are written on others, and reports what was written. For one thread.
 *
 * <p>Reading and writing are separate so that one scan serves any number of items, each transaction
 * is bounded, a closing that does not fit is seen before it is written, and the receiver gets what
 * was written. Besides, a statement that only reads may use TiFlash whatever {@code sql_mode} is;
 * TiDB does not use TiFlash for a statement that writes in strict mode (docs.pingcap.com, "Use
 * TiFlash to read data in INSERT … SELECT").
 */
final class BatchRun<I extends ReadItem> implements AutoCloseable {

  /** How many chunks are written at a time. More than two, because a commit waits for the disk. */
  static final int WRITERS = 3;

  /** How many chunks are begun at a time. One waits, so that no writer waits for the reader. */
  private static final int BEGUN = WRITERS + 1;

  private final ItemCursor<I> cursor;
  private final ClosingWriter<I> writer;
  private final Consumer<ItemClosing> receiver;
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final Deque<Chunk> begun = new ArrayDeque<>();

  /** The last item whose closings, and those of all items before it, are written and reported. */
  private long lastDone = Long.MIN_VALUE;

  /** Items whose closings are being written. */
  private record Chunk(long lastItem, Future<List<ItemClosing>> written) {}

  /**
   * Prepares a run.
   *
   * @param tiflash begun
   * @param receiver gets each closing, in the order of items and days, once its chunk is committed
   */
  BatchRun(
      Retry retry, TiflashReader tiflash, ClosingReader<I> reader, Consumer<ItemClosing> receiver) {
    this.cursor = new ItemCursor<>(retry, tiflash, reader, ClosingStatements.MOST_ROWS);
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
      for (List<I> items = read(); !items.isEmpty(); items = read()) {
        reportAllBut(BEGUN - 1);
        write(items);
      }
      reportAllBut(0);
    } catch (KnownException e) {
      // Afterwards nothing is written any more.
      close();
      throw writer.hasChanged() ? new BatchIncompleteException(lastDone, e) : e;
    }
  }

  /** Returns the next items. If they can't be read, what was read before is done all the same. */
  private List<I> read() {
    try {
      return cursor.next();
    } catch (KnownException e) {
      reportAllBut(0);
      throw e;
    }
  }

  private void write(List<I> items) {
    long lastItem = items.get(items.size() - 1).itemId();
    begun.add(new Chunk(lastItem, threads.submit(() -> writer.close(items))));
  }

  /** Reports chunk by chunk what was written, until no more than some are still being written. */
  private void reportAllBut(int chunks) {
    while (begun.size() > chunks) {
      Chunk chunk = begun.remove();
      List<ItemClosing> closings = Waiting.result(chunk.written());
      lastDone = chunk.lastItem();
      closings.forEach(receiver);
    }
  }

  /** Waits for the chunks that are being written, so that nothing is written any more. */
  @Override
  public void close() {
    cursor.close();
    threads.shutdown();
    try {
      threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
