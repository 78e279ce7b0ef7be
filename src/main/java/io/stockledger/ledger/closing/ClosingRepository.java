package io.stockledger.ledger.closing;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.ledger.tiflash.NoTiflashException;
import io.stockledger.ledger.tiflash.TiflashReader;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/** The aggregates of a day: stocks, closings and movements, on TiFlash where there is one. */
public final class ClosingRepository {

  /** How many connections a batch uses at a time: one reads, the others write. */
  public static final int CONNECTIONS = 1 + BatchRun.WRITERS;

  public static final String MOVEMENTS_OF_DAY =
      """
      SELECT
        moved.item_id,
        COALESCE(items.item_code, '') AS item_code, COALESCE(items.name, '') AS name,
        moved.additions, moved.removals, moved.moves
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          item_id,
          SUM(CASE WHEN stock_increment > 0 THEN stock_increment ELSE 0 END) AS additions,
          SUM(CASE WHEN stock_increment < 0 THEN -stock_increment ELSE 0 END) AS removals,
          COUNT(*) AS moves
        FROM stock_moves
        WHERE book_date >= ? AND date = ?
        GROUP BY item_id
      ) AS moved
      LEFT JOIN items ON items.item_id = moved.item_id
      ORDER BY moved.item_id
      """;

  static final String COUNT_ITEMS =
      """
      SELECT COUNT(*) FROM items
      """;

  /** How many items are read before the first of them is passed on. */
  private static final int ROWS_AT_ONCE = 1_000;

  private final Retry retry;
  private final TiflashReader tiflash;

  /**
   * Makes a repository over an open database.
   *
   * @param notices gets a sentence for a person when aggregates of a TiDB are not on TiFlash
   */
  public ClosingRepository(Database database, Consumer<String> notices) {
    this(database, notices, false);
  }

  /**
   * Makes a repository over an open database.
   *
   * @param notices gets a sentence for a person when aggregates of a TiDB are not on TiFlash
   * @param requiresTiflash whether to fail rather than read aggregates elsewhere
   */
  public ClosingRepository(Database database, Consumer<String> notices, boolean requiresTiflash) {
    this.retry = new Retry(database);
    this.tiflash = new TiflashReader(database, retry, notices, requiresTiflash);
  }

  /**
   * Writes the closing stock of each item on each day of a span on which the item moved (invariant
   * 6). It may run at any time, any number of times, beside any traffic: a closing is always the
   * sum of the moves dated up to the day among the moves that the item had at that time.
   *
   * @param closings gets each closing, in the order of items and days, once it is committed
   * @throws BatchIncompleteException for any failure after something was written
   * @throws NoTiflashException if TiFlash is required and can't be read
   */
  public void close(DaySpan span, Consumer<ItemClosing> closings) {
    tiflash.begin();
    run(span.isOneDay() ? new DayReader(span.first()) : new SpanReader(span), closings);
  }

  /**
   * Writes the closings up to a day that are due: those of each item on each day on which it moved,
   * if it is missing or stale. What was closed before does not matter, so the run also completes
   * one that was interrupted.
   *
   * @param closings gets each of them, in the order of items and days, once it is committed
   * @throws BatchIncompleteException for any failure after something was written
   * @throws NoTiflashException if TiFlash is required and can't be read
   */
  public void catchUp(LocalDate lastDay, Consumer<ItemClosing> closings) {
    tiflash.begin();
    run(DueReader.upTo(lastDay), closings);
  }

  /**
   * Writes all stale closings again: those up to whose day a move was appended after them.
   *
   * @param closings gets each of them, in the order of items and days, once it is committed
   * @throws BatchIncompleteException for any failure after something was written
   * @throws NoTiflashException if TiFlash is required and can't be read
   */
  public void refreshStale(Consumer<ItemClosing> closings) {
    tiflash.begin();
    run(DueReader.ofStale(), closings);
  }

  private <I extends ReadItem> void run(ClosingReader<I> reader, Consumer<ItemClosing> closings) {
    try (BatchRun<I> run = new BatchRun<>(retry, tiflash, reader, closings)) {
      run.run();
    }
  }

  /** Returns how many items are registered. */
  public long items() {
    return retry.run(connection -> Sql.number(connection, COUNT_ITEMS));
  }

  /**
   * Counts the closings that are due.
   *
   * @param lastDay the last day to look at
   */
  public DueClosings.Totals due(LocalDate lastDay) {
    tiflash.begin();
    DueClosings.Totals totals = DueClosings.Totals.NONE;
    try (ItemCursor<DueItem> cursor = cursor(DueReader.upTo(lastDay))) {
      for (List<DueItem> items = cursor.next(); !items.isEmpty(); items = cursor.next()) {
        for (DueItem item : items) {
          totals = totals.and(item);
        }
      }
    }
    return totals;
  }

  private <I> ItemCursor<I> cursor(ItemQuery<I> query) {
    return new ItemCursor<>(retry, tiflash, query, ROWS_AT_ONCE);
  }

  /** Returns the movements dated on the day, of each item that has some, in the items' order. */
  public List<ItemMovements> movements(LocalDate day) {
    tiflash.begin();
    return tiflash.rows(
        MOVEMENTS_OF_DAY,
        row ->
            new ItemMovements(
                ListStatements.item(row),
                row.getBigDecimal("additions"),
                row.getBigDecimal("removals"),
                row.getLong("moves")),
        day,
        day);
  }

  /**
   * Passes on the stock of every registered item at the end of the day (invariant 3), in the order
   * of the items.
   */
  public void forEachStock(LocalDate day, Consumer<ItemStock> receiver) {
    tiflash.begin();
    forEach(ListStatements.stockOfItems(day), receiver);
  }

  /** Passes on the closings of the day, in the order of the items. */
  public void forEachClosing(LocalDate day, Consumer<StoredClosing> receiver) {
    tiflash.begin();
    forEach(ListStatements.closings(day), receiver);
  }

  private <R> void forEach(ListQuery<R> query, Consumer<R> receiver) {
    try (ItemCursor<R> cursor = cursor(query)) {
      for (List<R> rows = cursor.next(); !rows.isEmpty(); rows = cursor.next()) {
        rows.forEach(receiver);
      }
    }
  }
}
