package io.stockledger.ledger.aggregate;

import io.stockledger.db.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an item moved on days that are to be closed, and after them. The stock after its latest move
 * is looked up later: a join would keep MariaDB from passing on the first items before it has read
 * all, and would be a second scan on TiFlash.
 *
 * @param days in their order, at least one
 * @param incrementAfterDays the sum of the increments dated after the last day
 * @param lastBookDay the day under which the item's latest move is booked
 * @param lastNo the number of the item's latest move
 */
record MovedItem(
    long itemId,
    List<MovedDay> days,
    BigDecimal incrementAfterDays,
    LocalDate lastBookDay,
    long lastNo)
    implements ReadItem {

  /** What the item moved on a day. */
  record MovedDay(LocalDate day, BigDecimal increment, long moves) {}

  @Override
  public int closings() {
    return days.size();
  }

  /** Looks up the stocks after the latest moves of some items and computes the closings. */
  static List<Closing> closings(Connection connection, List<MovedItem> items) throws SQLException {
    Map<Long, BigDecimal> stocks = stocksAfter(connection, items);
    List<Closing> closings = new ArrayList<>();
    for (MovedItem item : items) {
      closings.addAll(item.closings(stocks.get(item.itemId)));
    }
    return closings;
  }

  private static Map<Long, BigDecimal> stocksAfter(Connection connection, List<MovedItem> items)
      throws SQLException {
    List<Object> parameters = new ArrayList<>();
    for (MovedItem item : items) {
      parameters.add(item.lastBookDay);
      parameters.add(item.itemId);
      parameters.add(item.lastNo);
    }
    Map<Long, BigDecimal> stocks = new HashMap<>();
    Sql.rows(
        connection,
        Sql.repeat(ClosingStatements.STOCKS_AFTER, "(?, ?, ?)", items.size()),
        row -> stocks.put(row.getLong(1), row.getBigDecimal(2)),
        parameters.toArray());
    for (MovedItem item : items) {
      if (!stocks.containsKey(item.itemId)) {
        stocks.put(item.itemId, stockAfterDamaged(connection, item));
      }
    }
    return stocks;
  }

  /** The latest move of an item is booked under an earlier day than another one: a damaged row. */
  private static BigDecimal stockAfterDamaged(Connection connection, MovedItem item)
      throws SQLException {
    return Sql.row(
            connection,
            ClosingStatements.STOCK_AFTER,
            row -> row.getBigDecimal(1),
            item.itemId,
            item.lastNo)
        .orElseThrow();
  }

  /** Goes back from the stock after the latest move, day by day. */
  private List<Closing> closings(BigDecimal stockAfter) {
    List<Closing> closings = new ArrayList<>(days.size());
    BigDecimal units = stockAfter.subtract(incrementAfterDays);
    for (int i = days.size() - 1; i >= 0; i--) {
      MovedDay moved = days.get(i);
      closings.add(new Closing(itemId, moved.day(), lastNo, units, moved.moves()));
      units = units.subtract(moved.increment());
    }
    Collections.reverse(closings);
    return closings;
  }
}
