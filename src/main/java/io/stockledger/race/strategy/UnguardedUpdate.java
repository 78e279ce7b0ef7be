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
 * Look that there is enough, then subtract in the database with no condition: a flash sale with a
 * hundred threads. All who looked in time subtract, and the stock goes below zero.
 */
public final class UnguardedUpdate implements RaceStrategy {
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
