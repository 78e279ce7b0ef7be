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
 * The stock itself as the version of an optimistic lock, with a single try: subtract only if the
 * stock is still what was read. Nothing is sold twice, but of the buyers that read the same stock
 * all but one are refused, however much is left.
 */
final class StockAsVersion implements RaceStrategy {
  private static final String SUBTRACT_IF_UNCHANGED =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ? AND stock = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.STOCK_AS_VERSION;
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
          int rows =
              Sql.update(
                  connection, SUBTRACT_IF_UNCHANGED, purchase.quantity(), purchase.itemId(), seen);
          return rows == 1
              ? Outcome.sold()
              : Outcome.refused(RefusalReason.SOMEONE_WAS_QUICKER).after(1);
        });
  }
}
