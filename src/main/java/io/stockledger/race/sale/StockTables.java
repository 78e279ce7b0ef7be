package io.stockledger.race.sale;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The scratch tables in which a strategy keeps its stock and records its sales. */
public interface StockTables {
  Set<RaceTable> tables();

  /** Puts an item into the tables. The connection is in autocommit. */
  void load(Connection connection, Goods goods) throws SQLException;

  /** Returns what the database says about an item after all its buyers have ended. */
  FinalState readBack(Connection connection, long itemId) throws SQLException;

  /** Returns the number of orders of which some lines are in the tables and the others are not. */
  default long halves(Connection connection, Shelf shelf) throws SQLException {
    return Orders.halves(connection, shelf);
  }
}
