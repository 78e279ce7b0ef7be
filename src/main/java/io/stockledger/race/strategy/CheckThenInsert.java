package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.DayMoves;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * Read the sum, decide in the application, insert a move: the application-side check of the proof
 * of concept. Between the read and the insert others insert too.
 */
public final class CheckThenInsert extends LookThenWrite {
  private static final String INSERT =
      """
      INSERT INTO race_move (item_id, stock_increment, date) VALUES (?, ?, ?)
      """;

  @Override
  public StrategyName name() {
    return StrategyName.CHECK_THEN_INSERT;
  }

  @Override
  public Set<RaceTable> tables() {
    return DayMoves.TABLES;
  }

  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    DayMoves.load(connection, goods);
  }

  @Override
  public long look(Connection connection, Purchase purchase) throws SQLException {
    return DayMoves.stock(connection, purchase.itemId());
  }

  @Override
  Outcome write(Connection connection, Purchase purchase, long seen) throws SQLException {
    Sql.update(connection, INSERT, purchase.itemId(), -purchase.quantity(), DayMoves.TODAY);
    return Outcome.sold();
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return DayMoves.readBack(connection, itemId);
  }
}
