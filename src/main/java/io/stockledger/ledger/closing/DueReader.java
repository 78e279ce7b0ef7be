package io.stockledger.ledger.closing;

import io.stockledger.db.Sql;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.closing.DueClosings.Due;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The reader of the closings of all items that are due, whatever was closed before.
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

  private final Optional<LocalDate> upTo;

  private DueReader(Optional<LocalDate> upTo) {
    this.upTo = upTo;
  }

  /** Returns a reader of the closings up to a day that are missing or stale. */
  static DueReader upTo(LocalDate lastDay) {
    return new DueReader(Optional.of(lastDay));
  }

  /** Returns a reader of the stale closings of all days. */
  static DueReader ofStale() {
    return new DueReader(Optional.empty());
  }

  @Override
  public String sql() {
    return DAYS_AND_CLOSINGS;
  }

  @Override
  public Object[] parameters(long afterItem, long lastItem) {
    return new Object[] {afterItem, lastItem};
  }

  @Override
  public Optional<DueItem> read(ItemRows rows) throws SQLException {
    Rows item = new Rows(rows.itemId());
    do {
      item.add(rows.row());
    } while (rows.next());
    return item.item();
  }

  /** The rows of one item. */
  private final class Rows {
    private final long itemId;
    private final DueClosings closings = new DueClosings();
    private final List<LocalDate> due = new ArrayList<>();
    private long missing;

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
        StoredDate.of(row, "date")
            .day()
            .filter(day -> isOfRun(day, isDue))
            .ifPresent(day -> add(day, isDue));
      }
    }

    private void add(LocalDate day, Due isDue) {
      due.add(day);
      missing += isDue == Due.MISSING ? 1 : 0;
    }

    private boolean isOfRun(LocalDate day, Due isDue) {
      return DueReader.this.isOfRun(day) && (upTo.isPresent() || isDue == Due.STALE);
    }

    /** Returns the item if closings of it are due. */
    Optional<DueItem> item() {
      return due.isEmpty()
          ? Optional.empty()
          : Optional.of(new DueItem(itemId, List.copyOf(due), missing, closings.lastNo()));
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
      closings.addAll(
          closingsOfFew(
              connection, items.subList(from, Math.min(from + MOST_ITEMS, items.size()))));
    }
    return closings;
  }

  private static List<Closing> closingsOfFew(Connection connection, List<DueItem> items)
      throws SQLException {
    Map<Long, DueItem> byId = new HashMap<>();
    items.forEach(item -> byId.put(item.itemId(), item));
    Map<Long, BigDecimal> stocks = stocksAfter(connection, items);
    List<Closing> closings = new ArrayList<>();
    try (ItemRows rows = daysOf(connection, items)) {
      while (rows.hasRow()) {
        long itemId = rows.itemId();
        List<MovedDay> days = new ArrayList<>();
        do {
          days.add(MovedDay.of(rows.row()));
        } while (rows.next());
        closings.addAll(byId.get(itemId).closings(days, stocks.get(itemId)));
      }
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

  /** Reads what the items moved from their first due day on. */
  private static ItemRows daysOf(Connection connection, List<DueItem> items) throws SQLException {
    List<Object> parameters = new ArrayList<>();
    items.forEach(
        item -> parameters.addAll(List.of(item.itemId(), item.firstDay(), item.lastNo())));
    String sql =
        DAYS_OF_ITEMS.replace(
            DAYS_OF_ITEM, DAYS_OF_ITEM + (" OR " + DAYS_OF_ITEM).repeat(items.size() - 1));
    return ItemRows.open(connection, sql, parameters.toArray());
  }

  @Override
  public List<Closing> closingsAfter(
      Connection connection, long itemId, LocalDate firstDay, LocalDate lastClosed)
      throws SQLException {
    return firstDay.isAfter(upTo.orElse(lastClosed))
        ? List.of()
        : ClosingsOfItem.due(connection, itemId, firstDay, upTo);
  }
}
