package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.SaleWindow;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.Claim;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders of several items by the strategies that never sell too much, whole or not at all. */
class OrderStrategiesIT {
  private static final Schema SCHEMA = new Schema();
  private static final SaleWindow LATER = new SaleWindow(Duration.ofHours(1), Duration.ofHours(1));

  @AfterAll
  static void closeSchema() {
    SCHEMA.close();
  }

  @AfterEach
  void dropTables() {
    SCHEMA.execute(RaceTable.dropAll());
  }

  static List<Arguments> exact() {
    return guarded().stream()
        .filter(arguments -> ((RaceStrategy) arguments.get()[1]).name().claim() == Claim.EXACT)
        .toList();
  }

  static List<Arguments> guarded() {
    return SCHEMA.strategies().stream()
        .filter(strategy -> strategy.name().sellsOrders())
        .filter(strategy -> strategy.name().claim() != Claim.OVERSELLS)
        .filter(strategy -> strategy.runsOn(SCHEMA.database().isTidb()))
        .map(strategy -> Arguments.of(strategy.name().word(), strategy))
        .toList();
  }

  private static RaceOptions options(int buyers, long stock, Assortment orders) {
    return new RaceOptions(
        new Buyers.UntilRefused(buyers, 1), stock, orders, 0, 1, false, Optional.empty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void sixteenBuyersBuyAllItemsOutWithoutAHalf(String name, RaceStrategy strategy)
      throws Exception {
    RaceRow row = SCHEMA.race(strategy, options(16, 60, new Assortment(3, 3)));
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units()).isEqualTo(new Units(180, 180, 0, 0));
    assertThat(row.halves()).isZero();
    assertThat(row.refused()).isBetween(1L, 16L);
  }

  /** The units of one item say nothing about when a race of many items has sold far too much. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void longOrdersAreSoldOutToo(String name, RaceStrategy strategy) throws Exception {
    RaceRow row = SCHEMA.race(strategy, options(2, 30, new Assortment(20, 20)));
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units()).isEqualTo(new Units(600, 600, 0, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void sixteenBuyersWhoseOrdersOverlapEndAtASoldOutItem(String name, RaceStrategy strategy)
      throws Exception {
    RaceRow row = SCHEMA.race(strategy, options(16, 40, new Assortment(10, 3)));
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units().sold() + row.units().left()).isEqualTo(400);
    assertThat(row.units().sold() % 3).isZero();
    // One item must be sold out before a buyer can be refused.
    assertThat(row.units().sold()).isBetween(40L, 400L);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("guarded")
  void anOrderOfWhichOneItemIsShortLeavesNothing(String name, RaceStrategy strategy)
      throws SQLException {
    SCHEMA.create(strategy);
    try (Connection connection = SCHEMA.connect()) {
      for (long itemId = 1; itemId <= 3; itemId++) {
        strategy.stockTables().load(connection, new Goods(itemId, itemId == 2 ? 1 : 5, 0, 1));
      }
      assertThat(strategy.buy(connection, order(1, 2, Terms.PLAIN)))
          .isEqualTo(Outcome.refused(RefusalReason.NOT_ENOUGH));
      assertLeft(connection, strategy, 5, 1, 5);
      assertThat(strategy.buy(connection, order(2, 1, Terms.PLAIN))).isEqualTo(Outcome.sold());
      assertLeft(connection, strategy, 4, 0, 4);
      assertThat(strategy.buy(connection, order(3, 1, Terms.PLAIN)))
          .isEqualTo(Outcome.refused(RefusalReason.NOT_ENOUGH));
      assertLeft(connection, strategy, 4, 0, 4);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("guarded")
  void anOrderOfWhichOneItemIsNotOnSaleLeavesNothing(String name, RaceStrategy strategy)
      throws SQLException {
    SCHEMA.create(strategy, RaceTable.ORDER, RaceTable.WINDOW);
    try (Connection connection = SCHEMA.connect()) {
      for (long itemId = 1; itemId <= 3; itemId++) {
        strategy.stockTables().load(connection, new Goods(itemId, 5, 0, 1));
        Orders.setWindow(connection, itemId, itemId == 3 ? LATER : SaleWindow.OPEN);
      }
      assertThat(strategy.buy(connection, order(1, 1, new Terms(true, true))))
          .isEqualTo(Outcome.refused(RefusalReason.NOT_OPEN_YET));
      assertLeft(connection, strategy, 5, 5, 5);
      assertThat(Orders.units(connection, 1)).isZero();
      SCHEMA.execute("UPDATE race_window SET opens_at = NOW(6) - INTERVAL 1 HOUR");
      assertThat(strategy.buy(connection, order(2, 1, new Terms(true, true))))
          .isEqualTo(Outcome.sold());
      assertLeft(connection, strategy, 4, 4, 4);
      for (long itemId = 1; itemId <= 3; itemId++) {
        assertThat(Orders.units(connection, itemId)).isEqualTo(1);
      }
    }
  }

  /** An order of the items 1, 2 and 3. */
  private static Purchase order(int number, long quantityOfItem2, Terms terms) {
    return new Purchase(
        List.of(new OrderLine(3, 1), new OrderLine(2, quantityOfItem2), new OrderLine(1, 1)),
        1,
        number,
        terms);
  }

  private static void assertLeft(Connection connection, RaceStrategy strategy, long... units)
      throws SQLException {
    for (int i = 0; i < units.length; i++) {
      assertThat(strategy.stockTables().readBack(connection, i + 1).left())
          .as("item %d", i + 1)
          .isEqualTo(units[i]);
    }
  }
}
