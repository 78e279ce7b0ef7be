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

/** Subtract if enough is left, and write an order, in one transaction. */
final class ConditionalUpdate implements RaceStrategy {
  private static final String SUBTRACT_IF_ENOUGH =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ? AND stock >= ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.CONDITIONAL_UPDATE;
  }

  @Override
  public StockTables stockTables() {
    return StockRow.WITH_ORDERS;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return Checkout.withOrder(
        connection,
        purchase,
        () -> {
          int rows =
              Sql.update(
                  connection,
                  SUBTRACT_IF_ENOUGH,
                  purchase.quantity(),
                  purchase.itemId(),
                  purchase.quantity());
          return rows == 1 ? Outcome.sold() : Outcome.refused(RefusalReason.NOT_ENOUGH);
        });
  }
}
