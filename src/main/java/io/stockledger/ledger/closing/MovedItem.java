package io.stockledger.ledger.closing;

import io.stockledger.db.Sql;
import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    StoredDate lastBookDay,
    long lastNo)
    implements ReadItem {

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
      // A date that is not a day can't be a parameter.
      Optional<LocalDate> bookDay = item.lastBookDay.day();
      if (bookDay.isPresent()) {
        parameters.addAll(List.of(bookDay.get(), item.itemId, item.lastNo));
      }
    }
    Map<Long, BigDecimal> stocks = new HashMap<>();
    if (!parameters.isEmpty()) {
      Sql.rows(
          connection,
          Sql.repeat(ClosingStatements.STOCKS_AFTER, "(?, ?, ?)", parameters.size() / 3),
          row -> stocks.put(row.getLong(1), row.getBigDecimal(2)),
          parameters.toArray());
    }
    for (MovedItem item : items) {
      if (!stocks.containsKey(item.itemId)) {
        stocks.put(item.itemId, stockAfterDamaged(connection, item));
      }
    }
    return stocks;
  }

  /** The latest move of an item is not booked under the latest day of all: a damaged row. */
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

  /**
   * Computes the closings: goes back day by day from the stock after the latest move.
   *
   * @param stockAfter that stock
   */
  List<Closing> closings(BigDecimal stockAfter) {
    List<Closing> closings = new ArrayList<>(days.size());
    BigDecimal units = stockAfter.subtract(incrementAfterDays);
    for (int i = days.size() - 1; i >= 0; i--) {
      MovedDay moved = days.get(i);
      // A date that is not a day has no closing; verify names its moves.
      Optional<LocalDate> day = moved.date().day();
      if (day.isPresent()) {
        closings.add(new Closing(itemId, day.get(), lastNo, units, moved.moves()));
      }
      units = units.subtract(moved.increment());
    }
    Collections.reverse(closings);
    return closings;
  }
}
