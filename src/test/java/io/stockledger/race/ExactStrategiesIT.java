package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.race.sale.Assortment;
import io.stockledger.race.strategy.Claim;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy that claims to be exact, on a small stock. */
class ExactStrategiesIT {
  private static final Schema SCHEMA = new Schema();

  @AfterAll
  static void close() {
    SCHEMA.close();
  }

  static List<Arguments> exact() {
    return SCHEMA.strategies().stream()
        .filter(strategy -> strategy.name().claim() == Claim.EXACT)
        .filter(strategy -> strategy.runsOn(SCHEMA.database().isTidb()))
        .map(strategy -> Arguments.of(strategy.name().word(), strategy))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void sixteenBuyersBuyTheWholeStockAndNotAUnitMore(String name, RaceStrategy strategy)
      throws Exception {
    RaceRow row = SCHEMA.race(strategy, RaceOptions.untilRefused(16, 200));
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units().sold()).isEqualTo(200);
    assertThat(row.units().left()).isZero();
    assertThat(row.refused()).isBetween(1L, 16L);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void orderRowsAgreeWithTheStock(String name, RaceStrategy strategy) throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(16, 1), 100, Assortment.ONE_ITEM, 0, 1, true, Optional.empty());
    RaceRow row = SCHEMA.race(strategy, options);
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units().sold()).isEqualTo(100);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void whatDoesNotDivideIsLeft(String name, RaceStrategy strategy) throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(4, 3), 10, Assortment.ONE_ITEM, 0, 1, false, Optional.empty());
    RaceRow row = SCHEMA.race(strategy, options);
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units().sold()).isEqualTo(9);
    assertThat(row.units().left()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void movesBeforeTheRaceChangeNothing(String name, RaceStrategy strategy) throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(4, 1),
            20,
            Assortment.ONE_ITEM,
            101,
            1,
            false,
            Optional.empty());
    RaceRow row = SCHEMA.race(strategy, options);
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units().sold()).isEqualTo(20);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void sixAndFourOfTenAreBothServed(String name, RaceStrategy strategy) throws Exception {
    RaceRow row = SCHEMA.race(strategy, RaceOptions.purchases(10, List.of(6L, 4L)));
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units().sold()).isEqualTo(10);
    assertThat(row.refused()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void ofSevenAndFourOfTenOneIsRefused(String name, RaceStrategy strategy) throws Exception {
    RaceRow row = SCHEMA.race(strategy, RaceOptions.purchases(10, List.of(7L, 4L)));
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units().sold()).isIn(7L, 4L);
    assertThat(row.refused()).isEqualTo(1);
    assertThat(row.units().left()).isEqualTo(10 - row.units().sold());
  }
}
