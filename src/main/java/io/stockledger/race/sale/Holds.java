package io.stockledger.race.sale;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** The holds of a strategy with a table of its own for them. */
public final class Holds {

  private static final String INSERT =
      """
      INSERT INTO race_hold (item_id, buyer, number, quantity, expires_at, is_committed)
      VALUES (?, ?, ?, ?, NOW(6) + INTERVAL ? SECOND, FALSE)
      """;

  private static final String LOCK_OPEN =
      """
      SELECT COUNT(*) FROM race_hold
      WHERE item_id = ? AND buyer = ? AND number = ? AND NOT is_committed AND expires_at > NOW(6)
      FOR UPDATE
      """;

  private static final String COMMIT =
      """
      UPDATE race_hold SET is_committed = TRUE WHERE item_id = ? AND buyer = ? AND number = ?
      """;

  private static final String UNITS =
      """
      SELECT COALESCE(SUM(quantity), 0) FROM race_hold WHERE item_id = ? AND is_committed
      """;

  private Holds() {}

  /** Writes the hold of a purchase. */
  public static void write(Connection connection, Purchase purchase, long seconds)
      throws SQLException {
    Sql.update(
        connection,
        INSERT,
        purchase.itemId(),
        purchase.buyer(),
        purchase.number(),
        purchase.quantity(),
        seconds);
  }

  /** Locks the hold of a purchase; returns whether it is open and its time is not over. */
  public static boolean lockOpen(Connection connection, Purchase purchase) throws SQLException {
    return Sql.number(connection, LOCK_OPEN, purchase.itemId(), purchase.buyer(), purchase.number())
        == 1;
  }

  /** Takes note that the hold of a purchase is committed. */
  public static void commit(Connection connection, Purchase purchase) throws SQLException {
    Sql.update(connection, COMMIT, purchase.itemId(), purchase.buyer(), purchase.number());
  }

  /** Returns the units of the holds of an item that are committed. */
  static long units(Connection connection, long itemId) throws SQLException {
    return Sql.number(connection, UNITS, itemId);
  }
}
