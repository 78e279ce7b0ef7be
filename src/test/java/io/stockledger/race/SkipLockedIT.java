package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stockledger.db.Sql;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.TidbStandIn;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.testing.StockCli;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row per unit, taken by SKIP LOCKED: who waits, and who is turned away. */
class SkipLockedIT {
  private static final String LOCK_THE_FIRST_UNIT =
      """
      SELECT unit_no FROM race_unit WHERE item_id = 1 AND unit_no = 1 FOR UPDATE
      """;

  private final Schema schema = new Schema();
  private final RaceStrategy strategy = schema.strategy(StrategyName.ORDER_SKIP_LOCKED);

  @BeforeEach
  void onlyWhereTheServerHasIt() {
    assumeThat(schema.database().isTidb()).isFalse();
  }

  @AfterEach
  void close() {
    schema.close();
  }

  private static Purchase order(long quantity) {
    return new Purchase(
        List.of(new OrderLine(1, quantity), new OrderLine(2, quantity)), 1, 1, Terms.PLAIN);
  }

  private void load(Connection connection, long stockOfItem1) throws SQLException {
    schema.create(strategy);
    strategy.stockTables().load(connection, new Goods(1, stockOfItem1, 0, 1));
    strategy.stockTables().load(connection, new Goods(2, 5, 0, 1));
  }

  private long left(Connection connection, long itemId) throws SQLException {
    return strategy.stockTables().readBack(connection, itemId).left();
  }

  @Test
  void aBuyerPassesOverTheUnitsThatAnotherHasLocked() throws SQLException {
    try (Connection connection = schema.connect();
        Connection rival = schema.connect()) {
      load(connection, 3);
      rival.setAutoCommit(false);
      Sql.number(rival, LOCK_THE_FIRST_UNIT);
      assertThat(strategy.buy(connection, order(2))).isEqualTo(Outcome.sold());
      rival.rollback();
      assertThat(left(connection, 1)).isEqualTo(1);
      assertThat(left(connection, 2)).isEqualTo(3);
      assertThat(schema.number("SELECT unit_no FROM race_unit WHERE item_id = 1")).isEqualTo(1);
    }
  }

  @Test
  void aBuyerIsTurnedAwayFromUnitsThatAnotherHasLockedAndDoesNotBuy() throws SQLException {
    try (Connection connection = schema.connect();
        Connection rival = schema.connect()) {
      load(connection, 1);
      rival.setAutoCommit(false);
      Sql.number(rival, LOCK_THE_FIRST_UNIT);
      assertThat(strategy.buy(connection, order(1)))
          .isEqualTo(Outcome.refused(RefusalReason.NOT_ENOUGH));
      rival.rollback();
      assertThat(left(connection, 1)).isEqualTo(1);
      assertThat(left(connection, 2)).isEqualTo(5);
    }
  }

  /** TiDB would sell the same units to every buyer. */
  @Test
  void onTidbItIsLeftOutAndTheReasonIsSaid() {
    try (FaultProxy proxy = FaultProxy.startBefore(schema.url())) {
      TidbStandIn.behind(proxy);
      StockCli.Result result =
          new StockCli(proxy.url(schema.url())).line("race --strategy order-skip-locked --runs 1");
      assertThat(result.err())
          .isEqualTo("order-skip-locked is left out: TiDB has no SKIP LOCKED.\n");
      assertThat(result.status()).isZero();
      assertThat(proxy.statements()).noneMatch(text -> text.contains("SKIP LOCKED"));
    }
  }

  @Test
  void everyUnitHasARow() throws SQLException {
    try (Connection connection = schema.connect()) {
      load(connection, 1_000);
      assertThat(left(connection, 1)).isEqualTo(1_000);
      assertThat(schema.number("SELECT MAX(unit_no) FROM race_unit")).isEqualTo(1_000);
    }
  }

  @Test
  void sixteenBuyersAreNeverSoldTooMuchNorAHalf() throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(16, 1),
            60,
            new Assortment(5, 3),
            0,
            1,
            false,
            Optional.empty());
    RaceRow row = schema.race(strategy, options);
    assertThat(row.asClaimed()).as("%s", row).isTrue();
    assertThat(row.units().oversold()).isZero();
    assertThat(row.halves()).isZero();
    assertThat(row.units().sold() + row.units().left()).isEqualTo(300);
    assertThat(row.units().sold()).isPositive();
  }
}
