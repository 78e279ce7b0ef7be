package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Backoff;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.SaleTransaction;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import io.stockledger.race.sale.TransientErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * TiDB's optimistic transaction. Nothing is locked before COMMIT, which fails for all but one of
 * the transactions that wrote the same row. The whole transaction runs at most five times; then the
 * buyer gives up, so stock may be left unsold. Other engines have no such transaction.
 */
final class OptimisticTransaction implements RaceStrategy {
  private static final int TRIES = 5;

  /**
   * READ COMMITTED does not apply to an optimistic transaction, which reads one snapshot
   * (docs.pingcap.com).
   */
  private static final String BEGIN = "BEGIN OPTIMISTIC";

  private static final String SUBTRACT =
      """
      UPDATE race_stock SET stock = stock - ? WHERE item_id = ?
      """;

  @Override
  public StrategyName name() {
    return StrategyName.OPTIMISTIC_TRANSACTION;
  }

  @Override
  public Optional<String> reasonToLeaveOut(boolean tidb) {
    return tidb ? Optional.empty() : Optional.of("this server is not TiDB");
  }

  @Override
  public StockTables stockTables() {
    return StockRow.WITH_ORDERS;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    for (int conflicts = 0; conflicts < TRIES; conflicts++) {
      if (conflicts > 0) {
        Backoff.pause(conflicts);
      }
      try {
        return SaleTransaction.run(connection, BEGIN, () -> take(connection, purchase))
            .after(conflicts);
      } catch (SQLException e) {
        if (!TransientErrors.isTransient(e)) {
          throw e;
        }
      }
    }
    return new Outcome.GaveUp(TRIES);
  }

  private static Outcome take(Connection connection, Purchase purchase) throws SQLException {
    if (StockRow.read(connection, purchase.itemId()) < purchase.quantity()) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    Sql.update(connection, SUBTRACT, purchase.quantity(), purchase.itemId());
    return Orders.place(connection, purchase);
  }
}
