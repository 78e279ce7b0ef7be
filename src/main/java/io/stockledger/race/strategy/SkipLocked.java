package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One row per unit on hand. A buyer locks as many units of each item as the order takes, passes
 * over those that other buyers have locked, and deletes them. Nobody waits for another buyer of the
 * same item. (Shopify published it as its way of reserving units: shopify.engineering, "Scaling
 * inventory reservations".)
 *
 * <p>It never oversells. But it refuses an order although enough is left, if another buyer has the
 * last units of an item locked, and then is refused for another item of its own order.
 */
final class SkipLocked implements RaceStrategy, StockTables {
  private static final String FIRST_UNIT =
      """
      INSERT INTO race_unit (item_id, unit_no) VALUES (?, 1)
      """;

  private static final String REPEAT_UNITS =
      """
      INSERT INTO race_unit (item_id, unit_no)
      SELECT item_id, unit_no + ? FROM race_unit WHERE item_id = ? AND unit_no <= ?
      """;

  private static final String LOCK_FREE_UNITS =
      """
      SELECT unit_no FROM race_unit WHERE item_id = ? ORDER BY unit_no LIMIT ?
      FOR UPDATE SKIP LOCKED
      """;

  private static final String DELETE_UNITS =
      """
      DELETE FROM race_unit WHERE item_id = ? AND (unit_no) IN ((?))
      """;

  private static final String COUNT =
      """
      SELECT COUNT(*) FROM race_unit WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.ORDER_SKIP_LOCKED;
  }

  /**
   * TiDB reads SKIP LOCKED and then takes no lock at all (pingcap/tidb 69720, seen on 8.5.6; 18207
   * asks for it), so every buyer would be sold the same units.
   */
  @Override
  public Optional<String> reasonToLeaveOut(boolean tidb) {
    return tidb ? Optional.of("TiDB has no SKIP LOCKED") : Optional.empty();
  }

  @Override
  public StockTables stockTables() {
    return this;
  }

  @Override
  public Set<RaceTable> tables() {
    return Set.of(RaceTable.UNIT, RaceTable.ORDER);
  }

  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    Sql.update(connection, FIRST_UNIT, goods.itemId());
    long units = 1;
    while (units < goods.stock()) {
      long more = Math.min(units, goods.stock() - units);
      Sql.update(connection, REPEAT_UNITS, units, goods.itemId(), more);
      units += more;
    }
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return Checkout.withOrder(connection, purchase, () -> take(connection, purchase));
  }

  private static Outcome take(Connection connection, Purchase purchase) throws SQLException {
    for (OrderLine line : purchase.lines()) {
      List<Long> units =
          Sql.rows(
              connection,
              LOCK_FREE_UNITS,
              row -> row.getLong("unit_no"),
              line.itemId(),
              line.quantity());
      if (units.size() < line.quantity()) {
        return Outcome.refused(RefusalReason.NOT_ENOUGH);
      }
      List<Object> itemAndUnits = new ArrayList<>(units);
      itemAndUnits.add(0, line.itemId());
      Sql.update(connection, Sql.repeat(DELETE_UNITS, "(?)", units.size()), itemAndUnits.toArray());
    }
    return Outcome.sold();
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(
        Sql.number(connection, COUNT, itemId), Map.of("orders", Orders.units(connection, itemId)));
  }
}
