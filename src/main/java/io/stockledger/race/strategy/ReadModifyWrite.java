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
 * Load the count, subtract in the application, store it: a web form with an ORM. Of two that loaded
 * the same count the later store wipes out the earlier: 5 left, two orders of 3, both accepted, 2
 * left.
 */
public final class ReadModifyWrite extends LookThenWrite {
  private static final String STORE =
      """
      UPDATE race_stock SET stock = ? WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.READ_MODIFY_WRITE;
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
    Sql.update(connection, STORE, seen - purchase.quantity(), purchase.itemId());
    return Outcome.sold();
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(StockRow.read(connection, itemId), Map.of());
  }
}
