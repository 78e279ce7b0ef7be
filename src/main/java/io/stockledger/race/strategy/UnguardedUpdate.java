package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.StockRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * Look that there is enough, then subtract in the database with no condition: a flash sale with a
 * hundred threads. All who looked in time subtract, and the stock goes below zero.
 */
public final class UnguardedUpdate extends LookThenWrite {
  private static final String SUBTRACT =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.UNGUARDED_UPDATE;
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
  public long look(Connection connection, Purchase purchase) throws SQLException {
    return StockRow.read(connection, purchase.itemId());
  }

  @Override
  Outcome write(Connection connection, Purchase purchase, long seen) throws SQLException {
    Sql.update(connection, SUBTRACT, purchase.quantity(), purchase.itemId());
    return Outcome.sold();
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(StockRow.read(connection, itemId), Map.of());
  }
}
