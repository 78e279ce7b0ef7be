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
 * Subtract first, then check, and roll back if the stock is below zero. Exact because both
 * statements are in one transaction: the row stays locked from the update to the commit.
 */
final class UpdateThenCheck implements RaceStrategy {
  private static final String SUBTRACT =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.UPDATE_THEN_CHECK;
  }

  @Override
  public StockTables stockTables() {
    return StockRow.ALONE;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return Checkout.inTransaction(
        connection,
        purchase,
        () -> {
          Sql.update(connection, SUBTRACT, purchase.quantity(), purchase.itemId());
          return StockRow.read(connection, purchase.itemId()) < 0
              ? Outcome.refused(RefusalReason.NOT_ENOUGH)
              : Outcome.sold();
        });
  }
}
