package io.stockledger.ledger.aggregate;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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

  /**
   * Returns the earliest day on which an item moved after its own last closing. By item, because an
   * interrupted batch has closed only the first items.
   */
  public static final String FIRST_DAY_TO_CLOSE =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[moved]), INL_JOIN(moved) */ MIN(moved.date)
      FROM (
        SELECT latest.item_id, COALESCE(closed.last_day, CAST('0001-01-01' AS DATE)) AS last_day
        FROM (
          SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, MAX(date) AS last_day
          FROM stock_moves
          GROUP BY item_id
        ) AS latest
        LEFT JOIN (
          SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves_history]) */ item_id, MAX(date) AS last_day
          FROM stock_moves_history
          GROUP BY item_id
        ) AS closed ON closed.item_id = latest.item_id
        WHERE closed.last_day IS NULL OR latest.last_day > closed.last_day
      ) AS unclosed
      JOIN stock_moves AS moved
        ON moved.item_id = unclosed.item_id AND moved.date > unclosed.last_day
      """;

  static final String COUNT_ITEMS =
      """
      SELECT COUNT(*) FROM items
      """;

  private final Retry retry;
  private final AggregateReader aggregates;

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
    this.aggregates = new AggregateReader(database, retry, notices, requiresTiflash);
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
    aggregates.begin();
    run(
        span.isOneDay()
            ? new DayReader(aggregates, span.first())
            : new SpanReader(aggregates, span),
        closings);
  }

  /**
   * Writes all stale closings anew: those up to whose day a move was appended after them.
   *
   * @param closings gets each of them, in the order of items and days, once it is committed
   * @throws BatchIncompleteException for any failure after something was written
   * @throws NoTiflashException if TiFlash is required and can't be read
   */
  public void refreshStale(Consumer<ItemClosing> closings) {
    aggregates.begin();
    run(new StaleReader(aggregates), closings);
  }

  private <I extends ReadItem> void run(ClosingReader<I> reader, Consumer<ItemClosing> closings) {
    try (BatchRun<I> run = new BatchRun<>(retry, aggregates, reader, closings)) {
      run.run();
    }
  }

  /** Returns how many items are registered. */
  public long items() {
    return retry.run(connection -> Sql.number(connection, COUNT_ITEMS));
  }

  /** Returns the first day that has yet to be closed; empty if no item moved after its closings. */
  public Optional<LocalDate> firstDayToClose() {
    aggregates.begin();
    return aggregates
        .rows(FIRST_DAY_TO_CLOSE, row -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
        .get(0);
  }

  /** Returns the movements dated on the day, of each item that has some, in the items' order. */
  public List<ItemMovements> movements(LocalDate day) {
    aggregates.begin();
    return aggregates.rows(
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
    aggregates.begin();
    new ItemStream<>(retry, aggregates, ListStatements.stockOfItems(day), receiver).run();
  }

  /** Passes on the closings of the day, in the order of the items. */
  public void forEachClosing(LocalDate day, Consumer<StoredClosing> receiver) {
    aggregates.begin();
    new ItemStream<>(retry, aggregates, ListStatements.closings(day), receiver).run();
  }
}
