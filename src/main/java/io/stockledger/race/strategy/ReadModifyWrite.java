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
 * Load the count, subtract in the application, store it: a web form with an ORM. Of two that loaded
 * the same count the later store wipes out the earlier: 5 left, two orders of 3, both accepted, 2
 * left.
 */
public final class ReadModifyWrite implements RaceStrategy {
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
