package io.stockledger.ledger.aggregate;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.SumOutOfRangeException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/** The aggregates of a day: closings and sums of movements, on TiFlash where there is one. */
public final class ClosingRepository {

  /** How many connections {@link #close} uses at a time: one reads, one writes. */
  public static final int CONNECTIONS = 2;

  public static final String MOVEMENTS_OF_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, SUM(stock_increment)
      FROM stock_moves
      WHERE book_date >= ? AND date = ?
      GROUP BY item_id
      ORDER BY item_id
      """;

  private final Retry retry;
  private final AggregateReader aggregates;

  /**
   * Makes a repository over an open database.
   *
   * @param notices gets a sentence for a person when aggregates are not on TiFlash
   */
  public ClosingRepository(Database database, Consumer<String> notices) {
    this.retry = new Retry(database);
    this.aggregates = new AggregateReader(database, retry, notices);
  }

  /**
   * Writes the closing stock of each item that has a move dated on the day (invariant 6). It may
   * run at any time, any number of times, beside any traffic: a closing is always the sum of the
   * moves dated up to the day among the moves that the item had at that time.
   *
   * @param closings gets each closing, in the order of the items, once it is committed
   * @throws BatchIncompleteException for any failure after something was written
   */
  public void close(LocalDate day, Consumer<ItemClosing> closings) {
    aggregates.begin();
    new DayClosing(retry, aggregates, day, closings).run();
  }

  /**
   * Returns the sum of the movements dated on the day, of each item that has one, in the order of
   * the items.
   *
   * @throws SumOutOfRangeException if a BIGINT does not hold a sum
   */
  public List<ItemSum> movements(LocalDate day) {
    aggregates.begin();
    return aggregates.rows(
        MOVEMENTS_OF_DAY,
        row -> new ItemSum(row.getLong(1), SumOutOfRangeException.units(row.getBigDecimal(2))),
        day,
        day);
  }
}
