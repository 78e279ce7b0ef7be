package io.stockledger.race.strategy;

import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * One way in which people take stock from an item. Each is written as its people write it: the
 * wrong ones are wrong in their own way, and nothing widens their window.
 */
public interface RaceStrategy {
  StrategyName name();

  /** The scratch tables that it needs. */
  Set<RaceTable> tables();

  /** Whether it can be run there: all but TiDB's own transactions run anywhere. */
  default boolean runsOn(boolean tidb) {
    return true;
  }

  /** Whether its purchases take connections from the pool by themselves, one at a time. */
  default boolean takesOwnConnections() {
    return false;
  }

  /**
   * Puts an item into its tables. The connection is in autocommit.
   *
   * @throws SQLException from the database, as it is
   */
  void load(Connection connection, Goods goods) throws SQLException;

  /**
   * Tries to buy, once from the buyer's point of view. The connection is in autocommit before and
   * after, at READ COMMITTED.
   *
   * @param connection for the strategy to use, unless it takes its own
   * @throws SQLException whatever the strategy does not handle itself; the harness tries again when
   *     it is transient
   */
  Outcome buy(Connection connection, Purchase purchase) throws SQLException;

  /** What the database says about the item once all buyers are done. */
  FinalState readBack(Connection connection, long itemId) throws SQLException;
}
