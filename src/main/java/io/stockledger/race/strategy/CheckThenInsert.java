package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.DayMoves;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The application-side check of the proof of concept: read the sum, decide in the application,
 * insert a move. Between the read and the insert, other buyers insert too.
 *
 * <p>An order of several items goes through them one after the other. If one is short, the moves of
 * the items before it stay.
 */
final class CheckThenInsert implements RaceStrategy {
  private static final String INSERT =
      """
      INSERT INTO race_move (item_id, stock_increment, date, buyer, number)
      VALUES (?, ?, ?, ?, ?)
      """;

  private final StrategyName name;

  private CheckThenInsert(StrategyName name) {
    this.name = name;
  }

  static CheckThenInsert ofOneItem() {
    return new CheckThenInsert(StrategyName.CHECK_THEN_INSERT);
  }

  static CheckThenInsert ofOrders() {
    return new CheckThenInsert(StrategyName.ORDER_CHECK_THEN_INSERT);
  }

  @Override
  public StrategyName name() {
    return name;
  }

  @Override
  public StockTables stockTables() {
    return DayMoves.TABLES;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    Outcome outcome = Outcome.sold();
    for (Purchase ofOneItem : purchase.eachLineAlone()) {
      outcome = checkThenInsert(connection, ofOneItem);
      if (!(outcome instanceof Outcome.Sold)) {
        break;
      }
    }
    return outcome;
  }

  private static Outcome checkThenInsert(Connection connection, Purchase purchase)
      throws SQLException {
    long seen = DayMoves.stock(connection, purchase.itemId());
    if (seen < purchase.quantity()) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    return Checkout.oneStatement(
        connection,
        purchase,
        () -> {
          Sql.update(
              connection,
              INSERT,
              purchase.itemId(),
              -purchase.quantity(),
              DayMoves.TODAY,
              purchase.buyer(),
              purchase.number());
          return Outcome.sold();
        });
  }
}
