package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Check that enough is left, then subtract without a condition, as in a naive flash sale. All
 * buyers that checked in time subtract, so the stock falls below zero.
 */
final class UnguardedUpdate implements RaceStrategy {
  private static final String SUBTRACT =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.UNGUARDED_UPDATE;
  }

  @Override
  public StockTables stockTables() {
    return StockRow.ALONE;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    long seen = StockRow.read(connection, purchase.itemId());
    if (seen < purchase.quantity()) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    return Checkout.oneStatement(
        connection,
        purchase,
        () -> {
          Sql.update(connection, SUBTRACT, purchase.quantity(), purchase.itemId());
          return Outcome.sold();
        });
  }
}
