package io.stockledger.race;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rule;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.Shelf;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each wrong strategy oversells if the statements of two buyers come in the order that it allows.
 */
class OversellersIT {
  private static final Goods FIVE_UNITS = new Goods(1, 5, 0, 2);
  private static final Purchase OF_BOB = Purchase.ofOneItem(1, 1, 1, 3, Terms.PLAIN);
  private static final Purchase OF_ALICE = Purchase.ofOneItem(1, 2, 1, 3, Terms.PLAIN);

  private static final Shelf OF_THREE = new Shelf(1, new Assortment(3, 3));

  private final Schema schema = new Schema();

  @AfterEach
  void close() {
    schema.close();
  }

  static List<Arguments> readersThatOversell() {
    return List.of(
        Arguments.of(StrategyName.CHECK_THEN_INSERT, "INSERT INTO race_move", -1L),
        Arguments.of(StrategyName.ORDER_CHECK_THEN_INSERT, "INSERT INTO race_move", -1L),
        Arguments.of(StrategyName.READ_MODIFY_WRITE, "UPDATE race_stock", 2L),
        Arguments.of(StrategyName.UNGUARDED_UPDATE, "UPDATE race_stock", -1L));
  }

  @ParameterizedTest(name = "{0} leaves {2}")
  @MethodSource("readersThatOversell")
  void twoBuyersWhoReadBeforeEitherWritesAreBothServed(StrategyName name, String write, long left)
      throws Exception {
    RaceStrategy strategy = schema.strategy(name);
    assertThat(buyBothAfterBothHaveRead(strategy, write, OF_BOB, OF_ALICE))
        .containsExactly(Outcome.sold(), Outcome.sold());
    assertThat(left(strategy)).isEqualTo(left);
  }

  /**
   * Holds the write of each buyer until the other has read and decided too. Then one write follows
   * the other, because TiDB would refuse one of two at the same time.
   */
  private List<Outcome> buyBothAfterBothHaveRead(
      RaceStrategy strategy, String write, Purchase first, Purchase second) throws Exception {
    schema.create(strategy);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (FaultProxy proxy = FaultProxy.startBefore(schema.url());
        Database database = TestLedger.open(proxy.url(schema.url()), 2);
        Connection bob = database.connection();
        Connection alice = database.connection()) {
      strategy.stockTables().load(bob, FIVE_UNITS);
      CountDownLatch bothHaveRead = new CountDownLatch(1);
      CountDownLatch oneHasWritten = new CountDownLatch(1);
      Rule secondWrite = proxy.when(statement(write)).then(Actions.holdRequest(oneHasWritten));
      Rule firstWrite = proxy.when(statement(write)).once().then(Actions.holdRequest(bothHaveRead));
      Future<Outcome> ofFirst = threads.submit(() -> strategy.buy(bob, first));
      Future<Outcome> ofSecond = threads.submit(() -> strategy.buy(alice, second));
      firstWrite.awaitFired(1);
      secondWrite.awaitFired(1);
      bothHaveRead.countDown();
      firstWrite.awaitDone(1);
      oneHasWritten.countDown();
      return List.of(ofFirst.get(), ofSecond.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private long left(RaceStrategy strategy) throws SQLException {
    try (Connection connection = schema.connect()) {
      return strategy.stockTables().readBack(connection, 1).left();
    }
  }

  @Test
  void anOrderOfWhichALaterItemIsShortLeavesHalfOfIt() throws SQLException {
    RaceStrategy strategy = schema.strategy(StrategyName.ORDER_CHECK_THEN_INSERT);
    schema.create(strategy);
    try (Connection connection = schema.connect()) {
      for (long itemId = 1; itemId <= 3; itemId++) {
        strategy.stockTables().load(connection, new Goods(itemId, itemId == 2 ? 1 : 5, 2, 2));
      }
      assertThat(strategy.buy(connection, ofAll(1))).isEqualTo(Outcome.sold());
      assertThat(strategy.stockTables().halves(connection, OF_THREE)).isZero();
      assertThat(strategy.buy(connection, ofAll(2)))
          .isEqualTo(Outcome.refused(RefusalReason.NOT_ENOUGH));
      assertThat(strategy.stockTables().halves(connection, OF_THREE)).isEqualTo(1);
    }
    assertThat(left(strategy)).isEqualTo(3);
  }

  /** One unit of each of three items. */
  private static Purchase ofAll(int number) {
    List<OrderLine> lines = List.of(new OrderLine(1, 1), new OrderLine(2, 1), new OrderLine(3, 1));
    return new Purchase(lines, 1, number, Terms.PLAIN);
  }

  @Test
  void aRaceFindsTheHalves() throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(16, 1),
            20,
            new Assortment(6, 3),
            0,
            1,
            false,
            Optional.empty());
    RaceRow row = null;
    for (int run = 0; run < 20; run++) {
      row = schema.race(schema.strategy(StrategyName.ORDER_CHECK_THEN_INSERT), options);
      if (row.halves() > 0) {
        break;
      }
    }
    assertThat(row.halves()).as("%s", row).isPositive();
    assertThat(row.verdict()).isIn(Verdict.HALVES, Verdict.OVERSOLD);
    assertThat(row.asClaimed()).isTrue();
  }

  @Test
  void conditionalInsertDoesNotSeeAnInsertThatIsNotCommittedYet() throws SQLException {
    RaceStrategy strategy = schema.strategy(StrategyName.CONDITIONAL_INSERT);
    schema.create(strategy);
    try (Connection bob = schema.connect();
        Connection alice = schema.connect()) {
      strategy.stockTables().load(bob, FIVE_UNITS);
      bob.setAutoCommit(false);
      assertThat(strategy.buy(bob, OF_BOB)).isEqualTo(Outcome.sold());
      assertThat(strategy.buy(alice, OF_ALICE)).isEqualTo(Outcome.sold());
      bob.commit();
      assertThat(strategy.stockTables().readBack(alice, 1).left()).isEqualTo(-1);
    }
  }

  @Test
  void stockAsVersionRefusesTheSecondBuyerAlthoughEnoughIsLeft() throws Exception {
    RaceStrategy strategy = schema.strategy(StrategyName.STOCK_AS_VERSION);
    Purchase oneOfBob = Purchase.ofOneItem(1, 1, 1, 1, Terms.PLAIN);
    Purchase oneOfAlice = Purchase.ofOneItem(1, 2, 1, 1, Terms.PLAIN);
    assertThat(buyBothAfterBothHaveRead(strategy, "UPDATE race_stock", oneOfBob, oneOfAlice))
        .containsExactlyInAnyOrder(
            Outcome.sold(), new Outcome.Refused(RefusalReason.SOMEONE_WAS_QUICKER, 1));
    assertThat(left(strategy)).isEqualTo(4);
  }

  @Test
  void theDaysMovesComeInPairsAndCancelOut() throws SQLException {
    for (RaceStrategy strategy :
        List.of(
            schema.strategy(StrategyName.CONDITIONAL_INSERT),
            schema.strategy(StrategyName.COMPARE_AND_APPEND))) {
      schema.create(strategy);
      try (Connection connection = schema.connect()) {
        strategy.stockTables().load(connection, new Goods(1, 5, 1_000, 1));
        assertThat(strategy.stockTables().readBack(connection, 1).left()).isEqualTo(5);
      }
    }
    assertThat(schema.number("SELECT COUNT(*) FROM race_move")).isEqualTo(1_000);
    // One more move brings the stock; no number is left out.
    assertThat(schema.number("SELECT COUNT(*) FROM race_stock_moves")).isEqualTo(1_001);
    assertThat(schema.number("SELECT MAX(move_no) FROM race_stock_moves")).isEqualTo(1_001);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CHECK_THEN_INSERT",
        "ORDER_CHECK_THEN_INSERT",
        "CONDITIONAL_INSERT",
        "READ_MODIFY_WRITE",
        "UNGUARDED_UPDATE",
      })
  void aRaceFindsTheOversell(StrategyName name) throws Exception {
    RaceRow row = null;
    for (int run = 0; run < 20; run++) {
      row = schema.race(schema.strategy(name), RaceOptions.untilRefused(16, 50));
      if (row.verdict() == Verdict.OVERSOLD) {
        break;
      }
    }
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.OVERSOLD);
    assertThat(row.units().oversold()).isPositive().isEqualTo(row.units().sold() - 50);
    assertThat(row.asClaimed()).isTrue();
  }
}
