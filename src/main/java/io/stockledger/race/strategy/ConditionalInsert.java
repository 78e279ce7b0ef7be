package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.DayMoves;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The single statement of the proof of concept: insert the move if yesterday's closing and today's
 * moves add up to enough. The statement locks nothing that it reads (TiDB always; InnoDB at READ
 * COMMITTED), so two statements read the same sum and both insert. Each of them also sums the whole
 * day of the item.
 */
final class ConditionalInsert implements RaceStrategy {
  private static final String INSERT_IF_ENOUGH =
      """
      INSERT INTO race_move (item_id, stock_increment, date)
      SELECT ?, ?, ?
      FROM (
        SELECT COALESCE((SELECT sum_stock_increment FROM race_closing
                         WHERE item_id = ? AND date = ?), 0)
             + COALESCE((SELECT SUM(stock_increment) FROM race_move
                         WHERE date = ? AND item_id = ?), 0) AS stock
      ) AS today
      WHERE stock >= ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.CONDITIONAL_INSERT;
  }

  @Override
  public StockTables stockTables() {
    return DayMoves.TABLES;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return Checkout.oneStatement(
        connection,
        purchase,
        () -> {
          int rows =
              Sql.update(
                  connection,
                  INSERT_IF_ENOUGH,
                  purchase.itemId(),
                  -purchase.quantity(),
                  DayMoves.TODAY,
                  purchase.itemId(),
                  DayMoves.YESTERDAY,
                  DayMoves.TODAY,
                  purchase.itemId(),
                  purchase.quantity());
          return rows == 1 ? Outcome.sold() : Outcome.refused(RefusalReason.NOT_ENOUGH);
        });
  }
}
