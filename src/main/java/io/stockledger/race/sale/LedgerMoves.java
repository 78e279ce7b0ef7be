package io.stockledger.race.sale;

import io.stockledger.db.Database;
import io.stockledger.db.Sql;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The ledger's own tables under other names: numbered moves, each with the stock after it. All
 * moves are on one fixed day, so that a race may run past midnight.
 */
public final class LedgerMoves implements StockTables {
  public static final LocalDate TODAY = LocalDate.of(2025, 9, 20);

  private static final String ADD_ITEM =
      """
      INSERT INTO race_items (item_id, item_code, name, code_identity)
      VALUES (?, CONCAT('RACE-', CAST(? AS CHAR)), 'race', CONCAT('race-', CAST(? AS CHAR)))
      """;

  private static final String REPEAT_MOVES =
      """
      INSERT INTO race_stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      SELECT item_id, stock_increment, date, move_no + ?, stock_after, book_date,
        CONCAT('before-', CAST(item_id AS CHAR), '-', CAST(move_no + ? AS CHAR))
      FROM race_stock_moves
      WHERE item_id = ? AND move_no <= ?
      """;

  private static final String UNITS_SOLD =
      """
      SELECT COALESCE(SUM(-stock_increment), 0)
      FROM race_stock_moves WHERE item_id = ? AND request_id LIKE 'race-%'
      """;

  private static final String UNITS_COMMITTED =
      """
      SELECT COALESCE(SUM(-moved.stock_increment), 0)
      FROM race_stock_hold_ends AS hold_end
      JOIN race_stock_moves AS moved ON moved.request_id = hold_end.request_id
      WHERE moved.item_id = ? AND hold_end.outcome = 'committed'
      """;

  private static final String HALVES =
      """
      SELECT COUNT(*) FROM (
        SELECT request_id FROM race_stock_moves
        WHERE item_id BETWEEN ? AND ? AND request_id LIKE 'race-%'
        GROUP BY request_id
        HAVING COUNT(DISTINCT item_id) < ?
      ) AS half
      """;

  private final StockRepository ledger;
  private final boolean withHolds;

  private LedgerMoves(Database database, boolean withHolds) {
    this.ledger = new StockRepository(database, RaceTable.LEDGER_NAMES, database.retryPolicy());
    this.withHolds = withHolds;
  }

  /** The tables of sales. */
  public static LedgerMoves alone(Database database) {
    return new LedgerMoves(database, false);
  }

  /** The tables of sales, each of which is a hold that is committed. */
  public static LedgerMoves withHolds(Database database) {
    return new LedgerMoves(database, true);
  }

  @Override
  public Set<RaceTable> tables() {
    return RaceTable.LEDGER;
  }

  /** Adds the moves before the race, +1 and -1 in turn, and then the stock. */
  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    long itemId = goods.itemId();
    int movesBefore = goods.movesBefore();
    Sql.update(connection, ADD_ITEM, itemId, itemId, itemId);
    if (movesBefore > 0) {
      ledger.add(new MoveRequest(itemId, 1, TODAY, "before-" + itemId + "-1"));
      ledger.removeAtomic(new MoveRequest(itemId, 1, TODAY, "before-" + itemId + "-2"));
    }
    for (int moves = 2; moves < movesBefore; moves += Math.min(moves, movesBefore - moves)) {
      int more = Math.min(moves, movesBefore - moves);
      Sql.update(connection, REPEAT_MOVES, moves, moves, itemId, more);
    }
    ledger.add(new MoveRequest(itemId, goods.stock(), TODAY, "stock-" + itemId));
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    Map<String, Long> recorded = new LinkedHashMap<>();
    recorded.put("moves", Sql.number(connection, UNITS_SOLD, itemId));
    if (withHolds) {
      recorded.put("committed holds", Sql.number(connection, UNITS_COMMITTED, itemId));
    }
    return new FinalState(ledger.stockAt(itemId, TODAY), recorded);
  }

  @Override
  public long halves(Connection connection, Shelf shelf) throws SQLException {
    return Sql.number(
        connection, HALVES, shelf.firstItemId(), shelf.lastItemId(), shelf.assortment().lines());
  }
}
