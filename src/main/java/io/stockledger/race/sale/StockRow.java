package io.stockledger.race.sale;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** One row per item, with the count of the units that are left. */
public final class StockRow implements StockTables {
  /** For strategies that write only the count. */
  public static final StockTables ALONE = new StockRow(Set.of());

  public static final StockTables WITH_ORDERS = new StockRow(Set.of(RaceTable.ORDER));
  public static final StockTables WITH_LOG = new StockRow(Set.of(RaceTable.LOG));
  public static final StockTables WITH_HOLDS =
      new StockRow(Set.of(RaceTable.ORDER, RaceTable.HOLD));
  public static final StockTables WITH_ORDERS_AND_LOG =
      new StockRow(Set.of(RaceTable.ORDER, RaceTable.LOG));

  private static final String INSERT =
      """
      INSERT INTO race_stock (item_id, stock, version) VALUES (?, ?, 0)
      """;

  private static final String READ =
      """
      SELECT stock FROM race_stock WHERE item_id = ?
      """;

  private final Set<RaceTable> recordTables;

  private StockRow(Set<RaceTable> recordTables) {
    this.recordTables = recordTables;
  }

  /** Reads the count without a lock. */
  public static long read(Connection connection, long itemId) throws SQLException {
    return Sql.number(connection, READ, itemId);
  }

  @Override
  public Set<RaceTable> tables() {
    Set<RaceTable> tables = new LinkedHashSet<>(recordTables);
    tables.add(RaceTable.STOCK);
    return tables;
  }

  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    Sql.update(connection, INSERT, goods.itemId(), goods.stock());
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    Map<String, Long> recorded = new LinkedHashMap<>();
    if (recordTables.contains(RaceTable.HOLD)) {
      recorded.put("committed holds", Holds.units(connection, itemId));
    } else if (recordTables.contains(RaceTable.ORDER)) {
      recorded.put("orders", Orders.units(connection, itemId));
    }
    if (recordTables.contains(RaceTable.LOG)) {
      recorded.put("log", SaleLog.units(connection, itemId));
    }
    return new FinalState(read(connection, itemId), recorded);
  }
}
