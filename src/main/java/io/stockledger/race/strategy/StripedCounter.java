package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockTables;
import io.stockledger.race.sale.Stripes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The stock split over several rows (cells), as LongAdder splits a counter. A buyer starts at a
 * random cell and goes on to the next one while cells are short.
 *
 * <p>Exact: a cell never falls below zero, and a buyer is refused only by the sum of all cells,
 * read with all of them locked. If no single cell has enough, one transaction takes from several.
 */
final class StripedCounter implements RaceStrategy, StockTables {
  private static final int CELLS = 8;

  private static final String INSERT_CELL =
      """
      INSERT INTO race_stock_cell (item_id, cell, stock) VALUES (?, ?, ?)
      """;

  private static final String SUBTRACT_IF_ENOUGH =
      """
      UPDATE race_stock_cell SET stock = stock - ? WHERE item_id = ? AND cell = ? AND stock >= ?
      """;

  /** Locks in the order of the cells, so that two buyers do not deadlock. */
  private static final String LOCK_ALL =
      """
      SELECT cell, stock FROM race_stock_cell WHERE item_id = ? ORDER BY cell FOR UPDATE
      """;

  private static final String SUM =
      """
      SELECT SUM(stock) FROM race_stock_cell WHERE item_id = ?
      """;

  private record Cell(int number, long stock) {}

  @Override
  public StrategyName name() {
    return StrategyName.STRIPED_COUNTER;
  }

  @Override
  public StockTables stockTables() {
    return this;
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
    List<Cell> cells =
        Sql.rows(
            connection,
            LOCK_ALL,
            row -> new Cell(row.getInt("cell"), row.getLong("stock")),
            purchase.itemId());
    if (cells.stream().mapToLong(Cell::stock).sum() < purchase.quantity()) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    long missing = purchase.quantity();
    for (Cell cell : cells) {
      long part = Math.min(missing, cell.stock());
      if (part > 0 && !subtract(connection, purchase, cell.number(), part)) {
        // TiDB can lose a lock in a fault (pingcap/tidb 66571); the condition still decides.
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

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(Sql.number(connection, SUM, itemId), Map.of());
  }
}
