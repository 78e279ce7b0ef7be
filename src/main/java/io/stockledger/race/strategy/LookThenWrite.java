package io.stockledger.race.strategy;

import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A strategy that looks at the stock, decides in the application, and then writes. Between the look
 * and the write another buyer may do the same.
 */
public abstract class LookThenWrite implements RaceStrategy {
  /** Units that the buyer sees. */
  public abstract long look(Connection connection, Purchase purchase) throws SQLException;

  /** Takes the stock, given what was seen: at least the quantity. */
  abstract Outcome write(Connection connection, Purchase purchase, long seen) throws SQLException;

  /** The decision and what follows from it. */
  public final Outcome decide(Connection connection, Purchase purchase, long seen)
      throws SQLException {
    if (seen < purchase.quantity()) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    return Checkout.oneStatement(connection, purchase, () -> write(connection, purchase, seen));
  }

  @Override
  public final Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return decide(connection, purchase, look(connection, purchase));
  }
}
