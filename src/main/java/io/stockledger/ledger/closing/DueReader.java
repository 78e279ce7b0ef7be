package io.stockledger.ledger.closing;

import io.stockledger.db.Sql;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.closing.DueClosings.Due;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Finds the closings of all items that are due, whatever was closed before, and computes them.
 *
 * <p>All days of all items are compared with the closings each time. Nothing that a batch could
 * write down would save that: a move may be recorded late for any day, and an operator may delete
 * any closing.
 */
public final class DueReader implements ClosingReader<DueItem> {

  /** Each day of each item with the number of its last move, and of the closing if there is one. */
  public static final String DAYS_AND_CLOSINGS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[moved, closing]) */
        moved.item_id, moved.date, MAX(moved.move_no) AS last_no, MAX(closing.move_no) AS closing_no
      FROM stock_moves AS moved
      LEFT JOIN stock_moves_history AS closing
        ON closing.item_id = moved.item_id AND closing.date = moved.date
      WHERE moved.item_id > ? AND moved.item_id <= ?
      GROUP BY moved.item_id, moved.date
      ORDER BY moved.item_id, moved.date
      """;

  /** The stocks after some moves. For several moves the pair is repeated. */
  public static final String STOCKS_AFTER_NUMBERS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, stock_after
      FROM stock_moves FORCE INDEX (item_move)
      WHERE (item_id, move_no) IN ((?, ?))
      """;

  private static final String NUMBER = "(?, ?)";

  /**
   * What items moved on each day from a first day on, among the moves up to a number. For several
   * items the condition is repeated with OR.
   */
  public static final String DAYS_OF_ITEMS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        item_id, date, SUM(stock_increment) AS increment, COUNT(*) AS moves
      FROM stock_moves FORCE INDEX (item_date)
      WHERE (item_id = ? AND date >= ? AND move_no <= ?)
      GROUP BY item_id, date
      ORDER BY item_id, date
      """;

  private static final String DAYS_OF_ITEM = "(item_id = ? AND date >= ? AND move_no <= ?)";

  /** How many items one statement reads; each is a range of the key. */
  private static final int MOST_ITEMS = 100;

  private final AggregateReader aggregates;
  private final Optional<LocalDate> upTo;

  private DueReader(AggregateReader aggregates, Optional<LocalDate> upTo) {
    this.aggregates = aggregates;
    this.upTo = upTo;
  }

  /** Returns a reader of the closings up to a day that are missing or stale. */
  static DueReader upTo(AggregateReader aggregates, LocalDate lastDay) {
    return new DueReader(aggregates, Optional.of(lastDay));
  }

  /** Returns a reader of the stale closings of all days. */
  static DueReader ofStale(AggregateReader aggregates) {
    return new DueReader(aggregates, Optional.empty());
  }

  @Override
  public String sql() {
    return DAYS_AND_CLOSINGS;
  }

  @Override
  public void read(
      Connection connection, String sql, long afterItem, long lastItem, Consumer<DueItem> receiver)
      throws SQLException {
    try (PreparedStatement statement = Sql.stream(connection, sql, afterItem, lastItem);
        ResultSet rows = statement.executeQuery()) {
      Rows item = new Rows(Long.MIN_VALUE);
      while (rows.next()) {
        long itemId = rows.getLong("item_id");
        if (itemId != item.itemId) {
          item.end(receiver);
          item = new Rows(itemId);
        }
        item.add(rows);
      }
      // Before the stream is closed, which clears the warnings.
      aggregates.checkPlace(statement);
      item.end(receiver);
    }
  }

  /** The rows of one item. */
  private final class Rows {
    private final long itemId;
    private final DueClosings closings = new DueClosings();
    private final List<LocalDate> due = new ArrayList<>();

    Rows(long itemId) {
      this.itemId = itemId;
    }

    void add(ResultSet row) throws SQLException {
      long lastNo = row.getLong("last_no");
      long closingNo = row.getLong("closing_no");
      Due isDue =
          closings.next(lastNo, row.wasNull() ? OptionalLong.empty() : OptionalLong.of(closingNo));
      if (isDue != Due.NO) {
        // A date that is not a day has no closing; verify names its moves.
        StoredDate.of(row, "date").day().filter(day -> isOfRun(day, isDue)).ifPresent(due::add);
      }
    }

    private boolean isOfRun(LocalDate day, Due isDue) {
      return DueReader.this.isOfRun(day) && (upTo.isPresent() || isDue == Due.STALE);
    }

    void end(Consumer<DueItem> receiver) {
      if (!due.isEmpty()) {
        receiver.accept(new DueItem(itemId, List.copyOf(due), closings.lastNo()));
      }
    }
  }

  @Override
  public boolean isOfRun(LocalDate day) {
    return upTo.isEmpty() || !day.isAfter(upTo.get());
  }

  /** Computes the closings among the moves that the items had when they were read. */
  @Override
  public List<Closing> closings(Connection connection, List<DueItem> items) throws SQLException {
    List<Closing> closings = new ArrayList<>();
    for (int from = 0; from < items.size(); from += MOST_ITEMS) {
      List<DueItem> part = items.subList(from, Math.min(from + MOST_ITEMS, items.size()));
      Map<Long, DueItem> byId = new HashMap<>();
      part.forEach(item -> byId.put(item.itemId(), item));
      Map<Long, BigDecimal> stocks = stocksAfter(connection, part);
      readDays(
          connection,
          part,
          days -> closings.addAll(days.closings(byId.get(days.itemId), stocks.get(days.itemId))));
    }
    return closings;
  }

  private static Map<Long, BigDecimal> stocksAfter(Connection connection, List<DueItem> items)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    items.forEach(item -> parameters.addAll(List.of(item.itemId(), item.lastNo())));
    Map<Long, BigDecimal> stocks = new HashMap<>();
    Sql.rows(
        connection,
        Sql.repeat(STOCKS_AFTER_NUMBERS, NUMBER, items.size()),
        row -> stocks.put(row.getLong("item_id"), row.getBigDecimal("stock_after")),
        parameters.toArray());
    return stocks;
  }

  /** Reads what the items moved from their first due day on, and passes on item by item. */
  private static void readDays(
      Connection connection, List<DueItem> items, Consumer<ItemDays> receiver) throws SQLException {
    List<Object> parameters = new ArrayList<>();
    items.forEach(
        item -> parameters.addAll(List.of(item.itemId(), item.firstDay(), item.lastNo())));
    String sql =
        DAYS_OF_ITEMS.replace(
            DAYS_OF_ITEM, DAYS_OF_ITEM + (" OR " + DAYS_OF_ITEM).repeat(items.size() - 1));
    try (PreparedStatement statement = Sql.stream(connection, sql, parameters.toArray());
        ResultSet rows = statement.executeQuery()) {
      ItemDays item = null;
      while (rows.next()) {
        long itemId = rows.getLong("item_id");
        if (item == null || item.itemId != itemId) {
          if (item != null) {
            receiver.accept(item);
          }
          item = new ItemDays(itemId);
        }
        item.add(rows);
      }
      if (item != null) {
        receiver.accept(item);
      }
    }
  }

  /** What one item moved on each day from its first due day on. */
  private static final class ItemDays {
    private final long itemId;
    private final List<MovedDay> days = new ArrayList<>();
    private BigDecimal increment = BigDecimal.ZERO;

    private record MovedDay(StoredDate day, BigDecimal increment, long moves) {}

    ItemDays(long itemId) {
      this.itemId = itemId;
    }

    void add(ResultSet row) throws SQLException {
      BigDecimal ofDay = row.getBigDecimal("increment");
      days.add(new MovedDay(StoredDate.of(row, "date"), ofDay, row.getLong("moves")));
      increment = increment.add(ofDay);
    }

    /** Goes forward from the stock before the first of the days. */
    List<Closing> closings(DueItem item, BigDecimal stockAfter) {
      List<Closing> closings = new ArrayList<>(item.closings());
      BigDecimal units = stockAfter.subtract(increment);
      for (MovedDay moved : days) {
        units = units.add(moved.increment());
        int next = closings.size();
        if (next < item.closings() && moved.day().text().equals(item.days().get(next).toString())) {
          closings.add(
              new Closing(itemId, item.days().get(next), item.lastNo(), units, moved.moves()));
        }
      }
      return closings;
    }
  }

  @Override
  public List<Closing> closingsAfter(
      Connection connection, long itemId, LocalDate firstDay, LocalDate lastClosed)
      throws SQLException {
    return firstDay.isAfter(upTo.orElse(lastClosed))
        ? List.of()
        : StaleClosings.ofItem(connection, itemId, firstDay, upTo);
  }
}
