package io.stockledger.race.strategy;

import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A way in which people take stock from one item, or from all the items of an order. Each strategy
 * is written as the people who use it write it: a wrong one is wrong in its usual way, and nothing
 * widens its race window.
 */
public interface RaceStrategy {
  StrategyName name();

  StockTables stockTables();

  /** Why the server can't run the strategy, as the end of a sentence; empty if it can. */
  default Optional<String> reasonToLeaveOut(boolean tidb) {
    return Optional.empty();
  }

  /** Whether the server can run the strategy. */
  default boolean runsOn(boolean tidb) {
    return reasonToLeaveOut(tidb).isEmpty();
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
