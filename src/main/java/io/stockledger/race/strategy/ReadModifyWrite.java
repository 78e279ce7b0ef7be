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
 * A web form with an ORM: load the count, subtract in the application, store the count. If two
 * buyers load the same count, the later store overwrites the earlier one: of 5 units, two orders of
 * 3 are both accepted and 2 units are left.
 */
final class ReadModifyWrite implements RaceStrategy {
  private static final String STORE =
      """
      UPDATE race_stock SET stock = ? WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.READ_MODIFY_WRITE;
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
          Sql.update(connection, STORE, seen - purchase.quantity(), purchase.itemId());
          return Outcome.sold();
        });
  }
}
