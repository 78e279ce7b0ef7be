package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * Subtract first, then look: below zero, the order is rolled back. Exact because both stand in one
 * transaction: the row stays locked from the update to the commit.
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
  public Set<RaceTable> tables() {
    return StockRow.TABLES;
  }

  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    StockRow.load(connection, goods);
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

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(StockRow.read(connection, itemId), Map.of());
  }
}
