package io.stockledger.race.strategy;

import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.Sql;
import io.stockledger.race.sale.Stripes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The stock split over several rows (cells). A buyer takes from one, begun with at random, and goes
 * on to the next when it is short: what LongAdder does for a counter.
 *
 * <p>Exact: a cell gives only what it has, and a buyer is refused only by the sum of all cells,
 * read with all of them locked. When no cell alone has enough, several give together in one
 * transaction.
 */
final class StripedCounter implements RaceStrategy {
  private static final int CELLS = 8;

  private static final String INSERT_CELL =
      """
      INSERT INTO race_stock_cell (item_id, cell, stock) VALUES (?, ?, ?)
      """;

  private static final String SUBTRACT_IF_ENOUGH =
      """
      UPDATE race_stock_cell SET stock = stock - ? WHERE item_id = ? AND cell = ? AND stock >= ?
      """;

  /** In the order of the cells, so that two who lock all of them do not lock crosswise. */
  private static final String LOCK_ALL =
      """
      SELECT cell, stock FROM race_stock_cell WHERE item_id = ? ORDER BY cell FOR UPDATE
      """;

  private static final String SUM =
      """
      SELECT SUM(stock) FROM race_stock_cell WHERE item_id = ?
      """;

  @Override
  public String name() {
    return "striped-counter";
  }

  @Override
  public Claim claim() {
    return Claim.EXACT;
  }

  @Override
  public Set<RaceTable> tables() {
    return Set.of(RaceTable.STOCK_CELL);
  }

  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    for (int cell = 0; cell < CELLS; cell++) {
      Sql.update(
          connection, INSERT_CELL, goods.itemId(), cell, Stripes.share(goods.stock(), CELLS, cell));
    }
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    Outcome fromOne =
        Checkout.oneStatement(connection, purchase, () -> takeFromOne(connection, purchase));
    boolean noCellHasEnough =
        fromOne instanceof Outcome.Refused refused && refused.reason() == RefusalReason.NOT_ENOUGH;
    return noCellHasEnough
        ? Checkout.inTransaction(connection, purchase, () -> takeFromAll(connection, purchase))
        : fromOne;
  }

  private static Outcome takeFromOne(Connection connection, Purchase purchase) throws SQLException {
    int first = ThreadLocalRandom.current().nextInt(CELLS);
    for (int i = 0; i < CELLS; i++) {
      if (subtract(connection, purchase, (first + i) % CELLS, purchase.quantity())) {
        return Outcome.sold();
      }
    }
    return Outcome.refused(RefusalReason.NOT_ENOUGH);
  }

  private static Outcome takeFromAll(Connection connection, Purchase purchase) throws SQLException {
    NavigableMap<Integer, Long> stockOfCell = lockAll(connection, purchase.itemId());
    long sum = stockOfCell.values().stream().mapToLong(Long::longValue).sum();
    if (sum < purchase.quantity()) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    long missing = purchase.quantity();
    for (Map.Entry<Integer, Long> cell : stockOfCell.entrySet()) {
      long part = Math.min(missing, cell.getValue());
      if (part > 0 && !subtract(connection, purchase, cell.getKey(), part)) {
        // TiDB can lose a lock in a fault (pingcap/tidb 66571): the condition holds all the same.
        return new Outcome.GaveUp(1);
      }
      missing -= part;
    }
    return Outcome.sold();
  }

  private static boolean subtract(Connection connection, Purchase purchase, int cell, long units)
      throws SQLException {
    return Sql.update(connection, SUBTRACT_IF_ENOUGH, units, purchase.itemId(), cell, units) == 1;
  }

  private static NavigableMap<Integer, Long> lockAll(Connection connection, long itemId)
      throws SQLException {
    NavigableMap<Integer, Long> stockOfCell = new TreeMap<>();
    try (PreparedStatement statement = Sql.prepare(connection, LOCK_ALL, itemId);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        stockOfCell.put(rows.getInt("cell"), rows.getLong("stock"));
      }
    }
    return stockOfCell;
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(Sql.number(connection, SUM, itemId), Map.of());
  }
}
