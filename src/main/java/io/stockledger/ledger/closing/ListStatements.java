package io.stockledger.ledger.closing;

import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/** The statements of the lists that have a row per item. */
public final class ListStatements {

  /**
   * Returns, for each registered item, the stock after its latest move and the sum of its
   * increments dated after the day. The stock of the day is the difference. One statement reads
   * both, so they are of one moment.
   *
   * <p>A move dated after the day is booked after it, so these moves are in one range of the
   * clustered key: none for the current day, unless moves are dated ahead. A server without TiFlash
   * finds the latest moves by the key on item and number. The items are joined last, so that
   * TiFlash returns one row per item.
   */
  public static final String STOCK_OF_ITEMS =
      """
      SELECT
        items.item_id, items.item_code, items.name,
        COALESCE(newest.stock_after, 0) AS stock_after,
        COALESCE(later.increment_after_day, 0) AS increment_after_day
      FROM items
      LEFT JOIN (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[latest]) */ latest.item_id, latest.stock_after
        FROM (
          SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, MAX(move_no) AS move_no
          FROM stock_moves
          WHERE item_id > ? AND item_id <= ?
          GROUP BY item_id
        ) AS numbered
        JOIN stock_moves AS latest
          ON latest.item_id = numbered.item_id AND latest.move_no = numbered.move_no
      ) AS newest ON newest.item_id = items.item_id
      LEFT JOIN (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          item_id, SUM(stock_increment) AS increment_after_day
        FROM stock_moves
        WHERE book_date > ? AND date > ? AND item_id > ? AND item_id <= ?
        GROUP BY item_id
      ) AS later ON later.item_id = items.item_id
      WHERE items.item_id > ? AND items.item_id <= ?
      ORDER BY items.item_id
      """;

  /**
   * Returns the closings of a day, and for each item the number of its last move dated up to the
   * day. The closing is stale if it does not count that move.
   *
   * <p>Only moves booked on the day or later are read. The batch closes an item only if a move is
   * dated on the day, so the moves after those that a closing counts are in that range. Going by
   * the items, each closing is found by its primary key, which begins with the item.
   */
  public static final String CLOSINGS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[closing]) */
        closing.item_id, closing.sum_stock_increment, closing.move_no, closing.updated_at,
        COALESCE(moved.move_no, 0) AS last_no
      FROM items
      JOIN stock_moves_history AS closing
        ON closing.item_id = items.item_id AND closing.date = ?
      LEFT JOIN (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, MAX(move_no) AS move_no
        FROM stock_moves
        WHERE book_date >= ? AND date <= ? AND item_id > ? AND item_id <= ?
        GROUP BY item_id
      ) AS moved ON moved.item_id = items.item_id
      WHERE items.item_id > ? AND items.item_id <= ?
      ORDER BY items.item_id
      """;

  private ListStatements() {}

  static ListQuery<ItemStock> stockOfItems(LocalDate day) {
    return new ListQuery<>(
        STOCK_OF_ITEMS,
        (after, last) -> new Object[] {after, last, day, day, after, last, after, last},
        ListStatements::stock);
  }

  private static ItemStock stock(ResultSet row) throws SQLException {
    BigDecimal units =
        row.getBigDecimal("stock_after").subtract(row.getBigDecimal("increment_after_day"));
    return new ItemStock(item(row), units);
  }

  static ListQuery<StoredClosing> closings(LocalDate day) {
    return new ListQuery<>(
        CLOSINGS,
        (after, last) -> new Object[] {day, day, day, after, last, after, last},
        ListStatements::closing);
  }

  private static StoredClosing closing(ResultSet row) throws SQLException {
    long moveNo = row.getLong("move_no");
    return new StoredClosing(
        row.getLong("item_id"),
        row.getLong("sum_stock_increment"),
        moveNo,
        StoredDate.time(row, "updated_at", "item_id"),
        row.getLong("last_no") > moveNo);
  }

  static RegisteredItem item(ResultSet row) throws SQLException {
    return new RegisteredItem(
        row.getLong("item_id"), row.getString("item_code"), row.getString("name"));
  }
}
