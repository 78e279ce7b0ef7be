package io.stockledger.race.sale;

import io.stockledger.race.sale.SaleTransaction.Work;
import java.sql.Connection;
import java.sql.SQLException;

/** The ways in which a sale combines the taking of the stock with the order row. */
public final class Checkout {
  private Checkout() {}

  /**
   * Takes the stock with one statement: in autocommit, or in a transaction if an order row is asked
   * for.
   */
  public static Outcome oneStatement(Connection connection, Purchase purchase, Work taking)
      throws SQLException {
    return purchase.terms().orderRow() ? withOrder(connection, purchase, taking) : taking.run();
  }

  /** Takes the stock in a transaction, which writes an order row only if one is asked for. */
  public static Outcome inTransaction(Connection connection, Purchase purchase, Work taking)
      throws SQLException {
    return purchase.terms().orderRow()
        ? withOrder(connection, purchase, taking)
        : SaleTransaction.run(connection, taking);
  }

  /** Takes the stock and always writes an order row, in one transaction. */
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
