package io.stockledger.race.sale;

import io.stockledger.race.sale.SaleTransaction.Work;
import java.sql.Connection;
import java.sql.SQLException;

/** How the taking of the stock and the order row go together. */
public final class Checkout {
  private Checkout() {}

  /**
   * For a strategy that takes the stock with one statement: autocommit, unless an order row is
   * asked for.
   */
  public static Outcome oneStatement(Connection connection, Purchase purchase, Work taking)
      throws SQLException {
    return purchase.terms().orderRow() ? withOrder(connection, purchase, taking) : taking.run();
  }

  /** For a strategy that takes the stock in a transaction: an order row only if it is asked for. */
  public static Outcome inTransaction(Connection connection, Purchase purchase, Work taking)
      throws SQLException {
    return purchase.terms().orderRow()
        ? withOrder(connection, purchase, taking)
        : SaleTransaction.run(connection, taking);
  }

  /** For a strategy that writes an order row by itself, in the transaction that takes the stock. */
  public static Outcome withOrder(Connection connection, Purchase purchase, Work taking)
      throws SQLException {
    return SaleTransaction.run(
        connection,
        () -> {
          Outcome taken = taking.run();
          return taken instanceof Outcome.Sold
              ? Orders.place(connection, purchase).after(taken.conflicts())
              : taken;
        });
  }
}
