package io.stockledger.race.sale;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The item's row with its count: what the strategies that keep one share. */
public final class StockRow {
  private static final String INSERT =
      """
      INSERT INTO race_stock (item_id, stock, version) VALUES (?, ?, 0)
      """;

  private static final String READ =
      """
      SELECT stock FROM race_stock WHERE item_id = ?
      """;

  public static final Set<RaceTable> TABLES = Set.of(RaceTable.STOCK);

  private StockRow() {}

  public static void load(Connection connection, Goods goods) throws SQLException {
    Sql.update(connection, INSERT, goods.itemId(), goods.stock());
  }

  /** The count, read without a lock. */
  public static long read(Connection connection, long itemId) throws SQLException {
    return Sql.number(connection, READ, itemId);
  }
}
