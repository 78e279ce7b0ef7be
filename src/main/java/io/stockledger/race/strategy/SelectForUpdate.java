package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.SaleLog;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A pessimistic transaction: lock the row, check, update, write an order and a log row with the
 * units that remain. Exact, but every buyer waits for the previous one.
 */
final class SelectForUpdate implements RaceStrategy {
  private static final String LOCK =
      """
      SELECT stock FROM race_stock WHERE item_id = ? FOR UPDATE
      """;

  private static final String STORE =
      """
      UPDATE race_stock SET stock = ? WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.SELECT_FOR_UPDATE;
  }

  @Override
  public StockTables stockTables() {
    return StockRow.WITH_ORDERS_AND_LOG;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return Checkout.withOrder(
        connection,
        purchase,
        () -> {
          long remaining = Sql.number(connection, LOCK, purchase.itemId()) - purchase.quantity();
          if (remaining < 0) {
            return Outcome.refused(RefusalReason.NOT_ENOUGH);
          }
          Sql.update(connection, STORE, remaining, purchase.itemId());
          SaleLog.write(connection, purchase, remaining);
          return Outcome.sold();
        });
  }
}
