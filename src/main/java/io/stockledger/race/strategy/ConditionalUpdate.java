package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Subtract if enough is left, and write an order, in one transaction. An order of several items
 * takes them in the order of the items, and is rolled back if one is short.
 */
final class ConditionalUpdate implements RaceStrategy {
  private static final String SUBTRACT_IF_ENOUGH =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ? AND stock >= ?
      """;

  private final StrategyName name;

  private ConditionalUpdate(StrategyName name) {
    this.name = name;
  }

  static ConditionalUpdate ofOneItem() {
    return new ConditionalUpdate(StrategyName.CONDITIONAL_UPDATE);
  }

  static ConditionalUpdate ofOrders() {
    return new ConditionalUpdate(StrategyName.ORDER_CONDITIONAL_UPDATE);
  }

  @Override
  public StrategyName name() {
    return name;
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
          for (OrderLine line : purchase.lines()) {
            if (!take(connection, line)) {
              return Outcome.refused(RefusalReason.NOT_ENOUGH);
            }
          }
          return Outcome.sold();
        });
  }

  private static boolean take(Connection connection, OrderLine line) throws SQLException {
    long quantity = line.quantity();
    return Sql.update(connection, SUBTRACT_IF_ENOUGH, quantity, line.itemId(), quantity) == 1;
  }
}
