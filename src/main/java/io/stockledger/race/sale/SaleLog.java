package io.stockledger.race.sale;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** The log rows, one per sale, with the units left after the sale. */
public final class SaleLog {
  private static final String WRITE =
      """
      INSERT INTO race_log (item_id, buyer, quantity, remaining) VALUES (?, ?, ?, ?)
      """;

  private static final String UNITS =
      """
      SELECT COALESCE(SUM(quantity), 0) FROM race_log WHERE item_id = ?
      """;

  private SaleLog() {}

  /** Writes the row of a sale. */
  public static void write(Connection connection, Purchase purchase, long remaining)
      throws SQLException {
    Sql.update(
        connection, WRITE, purchase.itemId(), purchase.buyer(), purchase.quantity(), remaining);
  }

  static long units(Connection connection, long itemId) throws SQLException {
    return Sql.number(connection, UNITS, itemId);
  }
}
