package io.stockledger.ledger;

import io.stockledger.db.Sql;
import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.LatestMove;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements that read what {@link AppendRule} needs, for one item or for many at a time. */
public final class ItemStatements {

  /** One row for a known item, with NULLs before its first move. */
  public static final String LATEST_MOVE =
      """
      SELECT items.item_id, latest.move_no, latest.stock_after, latest.book_date
      FROM items
      LEFT JOIN
      """
          + StockStatements.LATEST_OF_ITEM
          + """
      ON latest.item_id = items.item_id
      WHERE items.item_id = ?
      """;

  /**
   * One row per known item, with NULLs before its first move. For each item one probe of item_move
   * from its end finds the highest number, and a second one the move. Both are of one moment only
   * by luck; that does no harm, because a move never changes, and an append after a move that is no
   * longer the latest fails.
   *
   * <p>The order names item_id too, although it is the same for all moves of the subquery:
   * otherwise TiDB v8.5.3 sorts all moves of the item (a TopN), because it sees no constant in the
   * item of the outer query.
   */
  public static final String LATEST_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[latest]) */
        last_move.item_id, latest.move_no, latest.stock_after, latest.book_date
      FROM (
        SELECT items.item_id, (
          SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ stock_moves.move_no
          FROM stock_moves FORCE INDEX (item_move)
          WHERE stock_moves.item_id = items.item_id
          ORDER BY stock_moves.item_id DESC, stock_moves.move_no DESC
          LIMIT 1
        ) AS move_no
        FROM items FORCE INDEX (PRIMARY)
        WHERE items.item_id IN (?)
      ) AS last_move
      LEFT JOIN stock_moves AS latest FORCE INDEX (item_move)
        ON latest.item_id = last_move.item_id AND latest.move_no = last_move.move_no
      """;

  private static final String DAYS_OF_ITEM = "(item_id = ? AND date > ? AND move_no <= ?)";

  /** For several items the condition is repeated, with OR between. */
  public static final String LATER_DAYS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, date, SUM(stock_increment)
      FROM stock_moves FORCE INDEX (item_date)
      WHERE\s"""
          + DAYS_OF_ITEM
          + """

      GROUP BY item_id, date
      """;

  private static final int MOST_RANGES = 100;

  private final LedgerTables tables;

  public ItemStatements(LedgerTables tables) {
    this.tables = tables;
  }

  /** Returns the latest moves of items, by item. Unknown items are not in the map. */
  public Map<Long, LatestMove> latestMoves(Connection connection, Collection<Long> itemIds)
      throws SQLException {
    Map<Long, LatestMove> latest = new HashMap<>();
    if (itemIds.size() == 1) {
      long itemId = itemIds.iterator().next();
      Sql.rows(connection, tables.in(LATEST_MOVE), ItemStatements::latestMove, itemId, itemId)
          .forEach(move -> latest.put(move.itemId(), move));
      return latest;
    }
    for (List<Long> part : Sql.parts(itemIds)) {
      Sql.rows(
              connection,
              Sql.repeat(tables.in(LATEST_MOVES), "?", part.size()),
              ItemStatements::latestMove,
              part.toArray())
          .forEach(move -> latest.put(move.itemId(), move));
    }
    return latest;
  }

  /** Returns the latest move of a row with its four columns. */
  public static LatestMove latestMove(ResultSet row) throws SQLException {
    return new LatestMove(
        row.getLong("item_id"),
        row.getLong("move_no"),
        row.getLong("stock_after"),
        StoredDate.dayIfAny(row, "book_date", "item_id", "move_no").orElse(LocalDate.MIN));
  }

  /**
   * Returns, by item, the sum of the increments of each day after a day, among the moves up to the
   * latest that is known.
   *
   * @param days the day of each item
   */
  public Map<Long, Map<LocalDate, BigDecimal>> laterDays(
      Connection connection, Map<LatestMove, LocalDate> days) throws SQLException {
    Map<Long, Map<LocalDate, BigDecimal>> increments = new HashMap<>();
    for (List<Map.Entry<LatestMove, LocalDate>> part : Sql.parts(days.entrySet(), MOST_RANGES)) {
      List<Object> parameters = new ArrayList<>();
      for (Map.Entry<LatestMove, LocalDate> item : part) {
        parameters.add(item.getKey().itemId());
        parameters.add(item.getValue());
        parameters.add(item.getKey().moveNo());
      }
      String sql =
          tables
              .in(LATER_DAYS)
              .replace(
                  DAYS_OF_ITEM, DAYS_OF_ITEM + (" OR " + DAYS_OF_ITEM).repeat(part.size() - 1));
      Sql.rows(
          connection,
          sql,
          row ->
              increments
                  .computeIfAbsent(row.getLong(1), itemId -> new HashMap<>())
                  .put(StoredDate.day(row, "date", "item_id"), row.getBigDecimal(3)),
          parameters.toArray());
    }
    return increments;
  }
}
