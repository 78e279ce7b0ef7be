package io.stockledger.race;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rule;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.CheckThenInsert;
import io.stockledger.race.strategy.CompareAndAppend;
import io.stockledger.race.strategy.ConditionalInsert;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.ReadModifyWrite;
import io.stockledger.race.strategy.StockAsVersion;
import io.stockledger.race.strategy.UnguardedUpdate;
import io.stockledger.race.strategy.Verdict;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The wrong strategies go wrong in their own way: two buyers, in the order that sells twice. */
class OversellersIT {
  private static final Goods FIVE_UNITS = new Goods(1, 5, 0, 2);
  private static final Purchase OF_BOB = new Purchase(1, 1, 1, 3, Terms.PLAIN);
  private static final Purchase OF_ALICE = new Purchase(1, 2, 1, 3, Terms.PLAIN);

  private final Schema schema = new Schema();

  @AfterEach
  void close() {
    schema.close();
  }

  static List<Arguments> readersThatOversell() {
    return List.of(
        Arguments.of(new CheckThenInsert(), "INSERT INTO race_move", -1L),
        Arguments.of(new ReadModifyWrite(), "UPDATE race_stock", 2L),
        Arguments.of(new UnguardedUpdate(), "UPDATE race_stock", -1L));
  }

  @ParameterizedTest(name = "{1} leaves {2}")
  @MethodSource("readersThatOversell")
  void twoBuyersWhoReadBeforeEitherWritesAreBothServed(
      RaceStrategy strategy, String write, long left) throws Exception {
    assertThat(buyBothAfterBothHaveRead(strategy, write, OF_BOB, OF_ALICE))
        .containsExactly(Outcome.sold(), Outcome.sold());
    assertThat(left(strategy)).isEqualTo(left);
  }

  /** Holds the write of each buyer until the other has read and decided too. */
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
      Rule writes = proxy.when(statement(write)).then(Actions.holdRequest(bothHaveRead));
      Future<Outcome> ofFirst = threads.submit(() -> strategy.buy(bob, first));
      Future<Outcome> ofSecond = threads.submit(() -> strategy.buy(alice, second));
      writes.awaitFired(2);
      bothHaveRead.countDown();
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
  void conditionalInsertDoesNotSeeAnInsertThatIsNotCommittedYet() throws SQLException {
    RaceStrategy strategy = new ConditionalInsert();
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
    RaceStrategy strategy = new StockAsVersion();
    Purchase oneOfBob = new Purchase(1, 1, 1, 1, Terms.PLAIN);
    Purchase oneOfAlice = new Purchase(1, 2, 1, 1, Terms.PLAIN);
    assertThat(buyBothAfterBothHaveRead(strategy, "UPDATE race_stock", oneOfBob, oneOfAlice))
        .containsExactlyInAnyOrder(
            Outcome.sold(), new Outcome.Refused(RefusalReason.SOMEONE_WAS_QUICKER, 1));
    assertThat(left(strategy)).isEqualTo(4);
  }

  @Test
  void theDaysMovesComeInPairsAndCancelOut() throws SQLException {
    for (RaceStrategy strategy :
        List.of(new ConditionalInsert(), CompareAndAppend.bySeparateWriters(schema.database()))) {
      schema.create(strategy);
      try (Connection connection = schema.connect()) {
        strategy.stockTables().load(connection, new Goods(1, 5, 1_000, 1));
        assertThat(strategy.stockTables().readBack(connection, 1).left()).isEqualTo(5);
      }
    }
    assertThat(schema.number("SELECT COUNT(*) FROM race_move")).isEqualTo(1_000);
    // One more is the move that brings the stock; no number is left out.
    assertThat(schema.number("SELECT COUNT(*) FROM race_stock_moves")).isEqualTo(1_001);
    assertThat(schema.number("SELECT MAX(move_no) FROM race_stock_moves")).isEqualTo(1_001);
  }

  static List<Arguments> oversellers() {
    return Stream.<RaceStrategy>of(
            new CheckThenInsert(),
            new ConditionalInsert(),
            new ReadModifyWrite(),
            new UnguardedUpdate())
        .map(strategy -> Arguments.of(strategy.name().word(), strategy))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oversellers")
  void theHarnessFindsThem(String name, RaceStrategy strategy) throws Exception {
    RaceRow row = null;
    for (int run = 0; run < 20; run++) {
      row = schema.race(strategy, RaceOptions.untilRefused(16, 50));
      if (row.verdict() == Verdict.OVERSOLD) {
        break;
      }
    }
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.OVERSOLD);
    assertThat(row.units().oversold()).isPositive().isEqualTo(row.units().sold() - 50);
    assertThat(row.asClaimed()).isTrue();
  }
}
