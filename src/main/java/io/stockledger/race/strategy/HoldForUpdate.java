package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.Holds;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.SaleTransaction;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A hold by locks, with a table of its own: one transaction locks the row of the stock, checks,
 * subtracts and writes the hold; when the customer has paid, another one locks the hold and commits
 * it.
 */
final class HoldForUpdate implements RaceStrategy {
  private static final String LOCK =
      """
      SELECT stock FROM race_stock WHERE item_id = ? FOR UPDATE
      """;

  private static final String TAKE =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.HOLD_SELECT_FOR_UPDATE;
  }

  @Override
  public StockTables stockTables() {
    return StockRow.WITH_HOLDS;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    Outcome held = Checkout.inTransaction(connection, purchase, () -> hold(connection, purchase));
    return held instanceof Outcome.Sold
        ? SaleTransaction.run(connection, "BEGIN", () -> commit(connection, purchase))
        : held;
  }

  private static Outcome hold(Connection connection, Purchase purchase) throws SQLException {
    if (Sql.number(connection, LOCK, purchase.itemId()) < purchase.quantity()) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    Sql.update(connection, TAKE, purchase.quantity(), purchase.itemId());
    Holds.write(connection, purchase, LedgerSale.PAYING.toSeconds());
    return Outcome.sold();
  }

  private static Outcome commit(Connection connection, Purchase purchase) throws SQLException {
    if (!Holds.lockOpen(connection, purchase)) {
      throw new IllegalStateException("A hold was gone before it was committed.");
    }
    Holds.commit(connection, purchase);
    return Outcome.sold();
  }
}
