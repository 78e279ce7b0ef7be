package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.SaleTransaction;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Units are held for a customer who is paying, in a table of holds: one transaction locks the stock
 * of the item, checks, subtracts and writes the hold; the next one locks the hold, checks its time,
 * marks it as sold and writes the order.
 */
final class HoldForUpdate implements RaceStrategy {
  private static final String LOCK_STOCK =
      """
      SELECT stock FROM race_stock WHERE item_id = ? FOR UPDATE
      """;

  private static final String STORE =
      """
      UPDATE race_stock SET stock = ? WHERE item_id = ?
      """;

  private static final String HOLD =
      """
      INSERT INTO race_hold (item_id, buyer, number, quantity, expires_at, is_sold)
      VALUES (?, ?, ?, ?, NOW(6) + INTERVAL 15 MINUTE, 0)
      """;

  private static final String LOCK_HOLD =
      """
      SELECT expires_at > NOW(6) FROM race_hold
      WHERE item_id = ? AND buyer = ? AND number = ? AND is_sold = 0
      FOR UPDATE
      """;

  private static final String MARK_AS_SOLD =
      """
      UPDATE race_hold SET is_sold = 1 WHERE item_id = ? AND buyer = ? AND number = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.HOLD_SELECT_FOR_UPDATE;
  }

  @Override
  public StockTables stockTables() {
    return StockRow.WITH_ORDERS_AND_HOLDS;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    Outcome held = SaleTransaction.run(connection, "BEGIN", () -> hold(connection, purchase));
    return held instanceof Outcome.Sold
        ? SaleTransaction.run(connection, "BEGIN", () -> sell(connection, purchase))
        : held;
  }

  private static Outcome hold(Connection connection, Purchase purchase) throws SQLException {
    long itemId = purchase.itemId();
    long quantity = purchase.quantity();
    long left = Sql.number(connection, LOCK_STOCK, itemId) - quantity;
    if (left < 0) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    Sql.update(connection, STORE, left, itemId);
    Sql.update(connection, HOLD, itemId, purchase.buyer(), purchase.number(), quantity);
    return Outcome.sold();
  }

  private static Outcome sell(Connection connection, Purchase purchase) throws SQLException {
    Object[] key = {purchase.itemId(), purchase.buyer(), purchase.number()};
    if (Sql.number(connection, LOCK_HOLD, key) != 1) {
      throw new IllegalStateException("The hold of a purchase ended before its time.");
    }
    Sql.update(connection, MARK_AS_SOLD, key);
    return Orders.place(connection, purchase);
  }
}
