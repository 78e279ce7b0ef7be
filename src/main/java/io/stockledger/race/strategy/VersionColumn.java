package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Backoff;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.SaleLog;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A version column as an optimistic lock: subtract if the version is still what was read, in at
 * most three tries with a growing back-off, and write a log row with the units that remain. Nothing
 * is sold twice, but under load buyers give up.
 */
final class VersionColumn implements RaceStrategy {
  private static final int TRIES = 3;

  private static final String READ =
      """
      SELECT stock, version FROM race_stock WHERE item_id = ?
      """;

  private static final String SUBTRACT_IF_SAME_VERSION =
      """
      UPDATE race_stock SET stock = stock - ?, version = version + 1
      WHERE item_id = ? AND version = ?
      """;

  private record Versioned(long stock, long version) {}

  @Override
  public StrategyName name() {
    return StrategyName.VERSION_COLUMN;
  }

  @Override
  public StockTables stockTables() {
    return StockRow.WITH_LOG;
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    for (int conflicts = 0; conflicts < TRIES; conflicts++) {
      if (conflicts > 0) {
        Backoff.pause(conflicts);
      }
      Outcome outcome = tryOnce(connection, purchase);
      if (!(outcome instanceof Outcome.GaveUp)) {
        return outcome.after(conflicts);
      }
    }
    return new Outcome.GaveUp(TRIES);
  }

  private static Outcome tryOnce(Connection connection, Purchase purchase) throws SQLException {
    Versioned seen =
        Sql.row(
                connection,
                READ,
                row -> new Versioned(row.getLong("stock"), row.getLong("version")),
                purchase.itemId())
            .orElseThrow();
    long remaining = seen.stock() - purchase.quantity();
    if (remaining < 0) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    return Checkout.inTransaction(
        connection,
        purchase,
        () -> {
          int rows =
              Sql.update(
                  connection,
                  SUBTRACT_IF_SAME_VERSION,
                  purchase.quantity(),
                  purchase.itemId(),
                  seen.version());
          if (rows == 0) {
            return new Outcome.GaveUp(1);
          }
          SaleLog.write(connection, purchase, remaining);
          return Outcome.sold();
        });
  }
}
