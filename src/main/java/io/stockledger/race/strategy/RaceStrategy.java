package io.stockledger.race.strategy;

import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One way in which people take stock from an item. Each is written as its people write it: the
 * wrong ones are wrong in their own way, and nothing widens their window.
 */
public interface RaceStrategy {
  StrategyName name();

  StockTables stockTables();

  /** Whether it can be run there: all but TiDB's own transactions run anywhere. */
  default boolean runsOn(boolean tidb) {
    return true;
  }

  /** Whether its purchases take connections from the pool by themselves, one at a time. */
  default boolean takesOwnConnections() {
    return false;
  }

  /**
   * Tries to buy, once from the buyer's point of view. The connection is in autocommit before and
   * after, at READ COMMITTED.
   *
   * @param connection for the strategy to use, unless it takes its own
   * @throws SQLException whatever the strategy does not handle itself; the harness tries again when
   *     it is transient
   */
  Outcome buy(Connection connection, Purchase purchase) throws SQLException;
}
