package io.stockledger.race.sale;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * The tables of the proof of concept: yesterday's closing and today's moves, whose sum is the
 * stock. All moves are on one fixed day, so that a race may run past midnight.
 */
public final class DayMoves implements StockTables {
  public static final LocalDate TODAY = LocalDate.of(2025, 9, 20);
  public static final LocalDate YESTERDAY = TODAY.minusDays(1);

  public static final StockTables TABLES = new DayMoves();

  private static final String CLOSE =
      """
      INSERT INTO race_closing (item_id, date, sum_stock_increment) VALUES (?, ?, ?)
      """;

  private static final String ADD_UNIT_AND_TAKE_IT =
      """
      INSERT INTO race_move (item_id, stock_increment, date) VALUES (?, 1, ?), (?, -1, ?)
      """;

  private static final String REPEAT_MOVES =
      """
      INSERT INTO race_move (item_id, stock_increment, date)
      SELECT item_id, stock_increment, date
      FROM race_move WHERE date = ? AND item_id = ? ORDER BY move_id LIMIT ?
      """;

  private static final String STOCK =
      """
      SELECT COALESCE((SELECT sum_stock_increment FROM race_closing
                       WHERE item_id = ? AND date = ?), 0)
           + COALESCE((SELECT SUM(stock_increment) FROM race_move
                       WHERE date = ? AND item_id = ?), 0)
      """;

  private static final String UNITS_SOLD =
      """
      SELECT COALESCE(SUM(-stock_increment), 0) FROM race_move WHERE date = ? AND item_id = ?
      """;

  private static final String HALVES =
      """
      SELECT COUNT(*) FROM (
        SELECT buyer, number FROM race_move
        WHERE date = ? AND item_id BETWEEN ? AND ?
        GROUP BY buyer, number
        HAVING COUNT(DISTINCT item_id) < ?
      ) AS half
      """;

  private DayMoves() {}

  @Override
  public Set<RaceTable> tables() {
    return Set.of(RaceTable.MOVE, RaceTable.CLOSING);
  }

  /** Stores the stock as yesterday's closing, with moves of today that cancel out: +1, -1, +1 … */
  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    long itemId = goods.itemId();
    int movesBefore = goods.movesBefore();
    Sql.update(connection, CLOSE, itemId, YESTERDAY, goods.stock());
    if (movesBefore == 0) {
      return;
    }
    Sql.update(connection, ADD_UNIT_AND_TAKE_IT, itemId, TODAY, itemId, TODAY);
    for (int moves = 2; moves < movesBefore; moves += Math.min(moves, movesBefore - moves)) {
      Sql.update(connection, REPEAT_MOVES, TODAY, itemId, Math.min(moves, movesBefore - moves));
    }
  }

  public static long stock(Connection connection, long itemId) throws SQLException {
    return Sql.number(connection, STOCK, itemId, YESTERDAY, TODAY, itemId);
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(
        stock(connection, itemId),
        Map.of("moves", Sql.number(connection, UNITS_SOLD, TODAY, itemId)));
  }

  @Override
  public long halves(Connection connection, Shelf shelf) throws SQLException {
    return Sql.number(
        connection,
        HALVES,
        TODAY,
        shelf.firstItemId(),
        shelf.lastItemId(),
        shelf.assortment().lines());
  }
}
