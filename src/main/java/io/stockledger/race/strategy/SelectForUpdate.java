package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.SaleLog;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A pessimistic transaction: lock the row, check, update, write an order and a log row with the
 * units that remain. Exact, but every buyer waits for the previous one. An order of several items
 * locks all of them first, in the order of the items, and writes no log.
 */
final class SelectForUpdate implements RaceStrategy {
  private static final String LOCK =
      """
      SELECT stock FROM race_stock WHERE item_id = ? FOR UPDATE
      """;

  private static final String STORE =
      """
      UPDATE race_stock SET stock = ? WHERE item_id = ?
      """;

  private final StrategyName name;
  private final boolean writesLog;

  private SelectForUpdate(StrategyName name, boolean writesLog) {
    this.name = name;
    this.writesLog = writesLog;
  }

  static SelectForUpdate ofOneItem() {
    return new SelectForUpdate(StrategyName.SELECT_FOR_UPDATE, true);
  }

  static SelectForUpdate ofOrders() {
    return new SelectForUpdate(StrategyName.ORDER_SELECT_FOR_UPDATE, false);
  }

  @Override
  public StrategyName name() {
    return name;
  }

  @Override
  public StockTables stockTables() {
    return writesLog ? StockRow.WITH_ORDERS_AND_LOG : StockRow.WITH_ORDERS;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return Checkout.withOrder(connection, purchase, () -> take(connection, purchase));
  }

  private Outcome take(Connection connection, Purchase purchase) throws SQLException {
    Map<Long, Long> remaining = new HashMap<>();
    for (OrderLine line : purchase.lines()) {
      long units = Sql.number(connection, LOCK, line.itemId()) - line.quantity();
      if (units < 0) {
        return Outcome.refused(RefusalReason.NOT_ENOUGH);
      }
      remaining.put(line.itemId(), units);
    }
    for (OrderLine line : purchase.lines()) {
      Sql.update(connection, STORE, remaining.get(line.itemId()), line.itemId());
    }
    if (writesLog) {
      SaleLog.write(connection, purchase, remaining.get(purchase.itemId()));
    }
    return Outcome.sold();
  }
}
