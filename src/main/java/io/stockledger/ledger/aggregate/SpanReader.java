package io.stockledger.ledger.aggregate;

import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the closings of all days of a span in one pass over the moves. */
public final class SpanReader implements ClosingReader {

  /**
   * Returns what moved on each day, item by item, of all moves booked since the span began: the
   * latest move of each item that moved in the span is among them, because {@code book_date} never
   * moves back. Grouped by the columns alone, so that MariaDB reads in the order of the index
   * item_date and sorts nothing.
   */
  public static final String MOVES_OF_SPAN =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
        item_id,
        date AS day_of_span,
        SUM(stock_increment) AS increment,
        MAX(move_no) AS last_no,
        COUNT(*) AS moves
      FROM stock_moves
      WHERE book_date >= ? AND item_id > ? AND item_id <= ?
      GROUP BY item_id, date
      ORDER BY item_id, date
      """;

  /**
   * Moves never change, so it may read another snapshot. For several moves the pair is repeated.
   */
  public static final String STOCKS_AFTER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, stock_after
      FROM stock_moves
      WHERE (item_id, move_no) IN ((?, ?))
      """;

  private static final int MOST_ITEMS = 1_000;

  private final AggregateReader aggregates;
  private final Retry retry;
  private final DaySpan span;

  SpanReader(AggregateReader aggregates, Retry retry, DaySpan span) {
    this.aggregates = aggregates;
    this.retry = retry;
    this.span = span;
  }

  /** What moved on a day. */
  private record MovedDay(LocalDate day, BigDecimal increment, long moves) {}

  /** What an item moved in the span and after it. */
  private static final class MovedItem {
    private final long itemId;
    private final List<MovedDay> days = new ArrayList<>();
    private BigDecimal incrementAfterSpan = BigDecimal.ZERO;
    private long lastNo = Long.MIN_VALUE;

    MovedItem(long itemId) {
      this.itemId = itemId;
    }

    void add(ResultSet row, DaySpan span) throws SQLException {
      lastNo = Math.max(lastNo, row.getLong("last_no"));
      LocalDate day = row.getObject("day_of_span", LocalDate.class);
      if (span.contains(day)) {
        days.add(new MovedDay(day, row.getBigDecimal("increment"), row.getLong("moves")));
      } else if (day.isAfter(span.last())) {
        incrementAfterSpan = incrementAfterSpan.add(row.getBigDecimal("increment"));
      }
    }

    /** Goes back from the stock after the latest move, day by day. */
    List<Closing> closings(BigDecimal stockAfter) {
      List<Closing> closings = new ArrayList<>();
      BigDecimal units = stockAfter.subtract(incrementAfterSpan);
      for (int i = days.size() - 1; i >= 0; i--) {
        MovedDay moved = days.get(i);
        closings.add(new Closing(itemId, moved.day(), lastNo, units, moved.moves()));
        units = units.subtract(moved.increment());
      }
      Collections.reverse(closings);
      return closings;
    }
  }

  @Override
  public String sql() {
    return MOVES_OF_SPAN;
  }

  @Override
  public void read(
      Connection connection,
      String sql,
      long afterItem,
      long lastItem,
      Consumer<List<Closing>> receiver)
      throws SQLException {
    try (PreparedStatement statement =
            Sql.stream(connection, sql, span.first(), afterItem, lastItem);
        ResultSet rows = statement.executeQuery()) {
      List<MovedItem> items = new ArrayList<>();
      MovedItem item = new MovedItem(Long.MIN_VALUE);
      while (rows.next()) {
        if (rows.getLong("item_id") != item.itemId) {
          add(item, items, receiver);
          item = new MovedItem(rows.getLong("item_id"));
        }
        item.add(rows, span);
      }
      // Before the stream is closed, which clears the warnings.
      aggregates.checkPlace(statement);
      add(item, items, receiver);
      passOn(items, receiver);
    }
  }

  private void add(MovedItem item, List<MovedItem> items, Consumer<List<Closing>> receiver) {
    if (!item.days.isEmpty()) {
      items.add(item);
    }
    if (items.size() == MOST_ITEMS) {
      passOn(items, receiver);
      items.clear();
    }
  }

  private void passOn(List<MovedItem> items, Consumer<List<Closing>> receiver) {
    if (items.isEmpty()) {
      return;
    }
    Map<Long, BigDecimal> stocks = retry.run(connection -> stocksAfter(connection, items));
    items.forEach(item -> receiver.accept(item.closings(stocks.get(item.itemId))));
  }

  private static Map<Long, BigDecimal> stocksAfter(Connection connection, List<MovedItem> items)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    for (MovedItem item : items) {
      parameters.add(item.itemId);
      parameters.add(item.lastNo);
    }
    Map<Long, BigDecimal> stocks = new HashMap<>();
    Sql.rows(
        connection,
        Sql.repeat(STOCKS_AFTER, "(?, ?)", items.size()),
        row -> stocks.put(row.getLong(1), row.getBigDecimal(2)),
        parameters.toArray());
    return stocks;
  }
}
