package io.stockledger.race.strategy;

import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A way in which people take stock from one item, or from all the items of an order. Each strategy
 * is written as the people who use it write it: a wrong one is wrong in its usual way, and nothing
 * widens its race window.
 */
public interface RaceStrategy {
  StrategyName name();

  StockTables stockTables();

  /** Whether the server can run the strategy: only TiDB has optimistic transactions. */
  default boolean runsOn(boolean tidb) {
    return true;
  }

  /** Whether each purchase takes its own connections from the pool, one at a time. */
  default boolean takesOwnConnections() {
    return false;
  }

  /**
   * Makes one purchase, whole or not at all. The connection is in autocommit before and after, at
   * READ COMMITTED.
   *
   * @param connection unused if the strategy takes its own connections
   * @throws SQLException an error that the strategy does not handle; after a transient one the
   *     harness tries again
   */
  Outcome buy(Connection connection, Purchase purchase) throws SQLException;
}
