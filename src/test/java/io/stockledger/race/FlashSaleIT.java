package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.Goods;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sale that opens and closes, the same for every strategy. */
class FlashSaleIT {
  private static final Schema SCHEMA = new Schema();
  private static final Terms IN_WINDOW = new Terms(true, true);
  private static final Purchase ONE = Purchase.ofOneItem(1, 1, 1, 1, IN_WINDOW);

  @AfterAll
  static void closeSchema() {
    SCHEMA.close();
  }

  @AfterEach
  void dropTables() {
    SCHEMA.execute(RaceTable.dropAll());
  }

  static List<Arguments> strategies() {
    return SCHEMA.strategies().stream()
        .filter(strategy -> strategy.runsOn(SCHEMA.database().isTidb()))
        .map(strategy -> Arguments.of(strategy.name().word(), strategy))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void beforeTheOpeningAndAfterTheEndAnOrderIsRefusedWithTheReason(
      String name, RaceStrategy strategy) throws SQLException {
    SCHEMA.create(strategy, RaceTable.ORDER, RaceTable.WINDOW);
    try (Connection connection = SCHEMA.connect()) {
      strategy.stockTables().load(connection, new Goods(1, 10, 0, 1));
      Orders.setWindow(connection, 1, new SaleWindow(Duration.ofHours(1), Duration.ofHours(1)));
      assertThat(strategy.buy(connection, ONE))
          .isEqualTo(Outcome.refused(RefusalReason.NOT_OPEN_YET));
      SCHEMA.execute("UPDATE race_window SET opens_at = NOW(6) - INTERVAL 1 HOUR");
      assertThat(strategy.buy(connection, ONE)).isEqualTo(Outcome.sold());
      SCHEMA.execute("UPDATE race_window SET closes_at = NOW(6)");
      assertThat(strategy.buy(connection, Purchase.ofOneItem(1, 1, 2, 1, IN_WINDOW)))
          .isEqualTo(Outcome.refused(RefusalReason.OVER));
      assertThat(strategy.stockTables().readBack(connection, 1).left()).isEqualTo(9);
      assertThat(Orders.units(connection, 1)).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strategies")
  void nothingIsSoldOutsideOfTheWindow(String name, RaceStrategy strategy) throws Exception {
    List<RunResult> results = new ArrayList<>();
    SaleWindow window = new SaleWindow(Duration.ofMillis(30), Duration.ofMillis(200));
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(4, 1),
            1_000_000,
            Assortment.ONE_ITEM,
            0,
            1,
            false,
            Optional.of(window));
    new Race(SCHEMA.database(), options)
        .run(List.of(strategy), (result, run) -> results.add(result));
    RunResult result = results.get(0);
    assertThat(result.disagreements().stream().filter(words -> words.contains("window")))
        .as("%s", result)
        .isEmpty();
    if (strategy.name().claim() == Claim.EXACT) {
      assertThat(result.verdict()).as("%s", result).isEqualTo(Verdict.EXACT);
      // The end of the sale stops the buyers, because the stock is larger than they can buy in
      // time.
      assertThat(result.refused()).containsKey(RefusalReason.OVER);
    }
  }
}
