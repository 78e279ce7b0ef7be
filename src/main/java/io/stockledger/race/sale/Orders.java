package io.stockledger.race.sale;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The order rows, one for each line of an order, and the window of a flash sale.
 *
 * <p>The window is decided in one place for every strategy: the statement that writes an order row
 * reads the window and the clock, and the row carries that clock. Without a row, the transaction is
 * rolled back with the stock that it took. So everything sold is inside the window by the
 * database's clock, however long the transaction waited for a lock before. ({@code NOW(6)} is the
 * time at which the statement began, one value for the whole statement.)
 */
public final class Orders {
  private static final String PLACE =
      """
      INSERT INTO race_order (item_id, buyer, number, quantity, ordered_at)
      VALUES (?, ?, ?, ?, NOW(6))
      """;

  /** A row of {@link #PLACE}, which is repeated for each line. */
  private static final String ROW = "(?, ?, ?, ?, NOW(6))";

  private static final String PLACE_IN_WINDOW =
      """
      INSERT INTO race_order (item_id, buyer, number, quantity, ordered_at)
      SELECT item_id, ?, ?, ?, NOW(6)
      FROM race_window
      WHERE item_id = ? AND opens_at <= NOW(6) AND NOW(6) < closes_at
      """;

  private static final String TAKE_BACK =
      """
      DELETE FROM race_order WHERE item_id = ? AND buyer = ? AND number = ?
      """;

  private static final String IS_OVER =
      """
      SELECT COUNT(*) FROM race_window WHERE item_id = ? AND closes_at <= NOW(6)
      """;

  private static final String SET_WINDOW =
      """
      INSERT INTO race_window (item_id, opens_at, closes_at)
      VALUES (?, NOW(6) + INTERVAL ? MICROSECOND, NOW(6) + INTERVAL ? MICROSECOND)
      """;

  private static final String UNITS =
      """
      SELECT COALESCE(SUM(quantity), 0) FROM race_order WHERE item_id = ?
      """;

  private static final String UNITS_OUTSIDE_OF_WINDOW =
      """
      SELECT COALESCE(SUM(quantity), 0)
      FROM race_order JOIN race_window ON race_order.item_id = race_window.item_id
      WHERE race_order.item_id = ? AND (ordered_at < opens_at OR ordered_at >= closes_at)
      """;

  private static final String HALVES =
      """
      SELECT COUNT(*) FROM (
        SELECT buyer, number FROM race_order
        WHERE item_id BETWEEN ? AND ?
        GROUP BY buyer, number
        HAVING COUNT(DISTINCT item_id) < ?
      ) AS half
      """;

  private Orders() {}

  /**
   * Writes the order rows; refuses if the sale is not open. After a refusal some of the rows may be
   * there, and the caller rolls back or takes the order back.
   */
  public static Outcome place(Connection connection, Purchase purchase) throws SQLException {
    return purchase.terms().window()
        ? placeInWindow(connection, purchase)
        : placeAlways(connection, purchase);
  }

  private static Outcome placeAlways(Connection connection, Purchase purchase) throws SQLException {
    List<Object> values = new ArrayList<>();
    for (OrderLine line : purchase.lines()) {
      values.addAll(List.of(line.itemId(), purchase.buyer(), purchase.number(), line.quantity()));
    }
    Sql.update(connection, Sql.repeat(PLACE, ROW, purchase.lines().size()), values.toArray());
    return Outcome.sold();
  }

  private static Outcome placeInWindow(Connection connection, Purchase purchase)
      throws SQLException {
    for (OrderLine line : purchase.lines()) {
      int rows =
          Sql.update(
              connection,
              PLACE_IN_WINDOW,
              purchase.buyer(),
              purchase.number(),
              line.quantity(),
              line.itemId());
      if (rows == 0) {
        // A window opens once, so outside of the window and not over means before it.
        boolean over = Sql.number(connection, IS_OVER, line.itemId()) == 1;
        return Outcome.refused(over ? RefusalReason.OVER : RefusalReason.NOT_OPEN_YET);
      }
    }
    return Outcome.sold();
  }

  /** Removes the order rows of a purchase that was refused. */
  public static void takeBack(Connection connection, Purchase purchase) throws SQLException {
    for (OrderLine line : purchase.lines()) {
      Sql.update(connection, TAKE_BACK, line.itemId(), purchase.buyer(), purchase.number());
    }
  }

  /** Sets when the sale of an item opens and closes, from now by the database's clock. */
  public static void setWindow(Connection connection, long itemId, SaleWindow window)
      throws SQLException {
    Sql.update(
        connection,
        SET_WINDOW,
        itemId,
        micros(window.opensIn()),
        micros(window.opensIn().plus(window.lasts())));
  }

  public static long units(Connection connection, long itemId) throws SQLException {
    return Sql.number(connection, UNITS, itemId);
  }

  public static long unitsOutsideOfWindow(Connection connection, long itemId) throws SQLException {
    return Sql.number(connection, UNITS_OUTSIDE_OF_WINDOW, itemId);
  }

  /** Returns the number of orders of which some lines have a row and the others have none. */
  static long halves(Connection connection, Shelf shelf) throws SQLException {
    return Sql.number(
        connection, HALVES, shelf.firstItemId(), shelf.lastItemId(), shelf.assortment().lines());
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
