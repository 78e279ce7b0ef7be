package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * The stock itself as the version of an optimistic lock, without a second try: subtract only where
 * the stock is still what was read. Nothing is sold twice, but of those who read the same stock all
 * but one are sent away, however much is left.
 */
public final class StockAsVersion extends LookThenWrite {
  private static final String SUBTRACT_IF_UNCHANGED =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ? AND stock = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.STOCK_AS_VERSION;
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
    int rows =
        Sql.update(connection, SUBTRACT_IF_UNCHANGED, purchase.quantity(), purchase.itemId(), seen);
    return rows == 1 ? Outcome.sold() : Outcome.refused(RefusalReason.SOMEONE_WAS_QUICKER).after(1);
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(StockRow.read(connection, itemId), Map.of());
  }
}
