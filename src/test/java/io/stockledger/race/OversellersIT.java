package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.CheckThenInsert;
import io.stockledger.race.strategy.CompareAndAppend;
import io.stockledger.race.strategy.ConditionalInsert;
import io.stockledger.race.strategy.LookThenWrite;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.ReadModifyWrite;
import io.stockledger.race.strategy.StockAsVersion;
import io.stockledger.race.strategy.UnguardedUpdate;
import io.stockledger.race.strategy.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

  static List<Arguments> lookersThatOversell() {
    return List.of(
        Arguments.of(new CheckThenInsert(), -1L),
        Arguments.of(new ReadModifyWrite(), 2L),
        Arguments.of(new UnguardedUpdate(), -1L));
  }

  @ParameterizedTest(name = "{0} leaves {1}")
  @MethodSource("lookersThatOversell")
  void twoWhoLookedBeforeEitherWroteAreBothServed(LookThenWrite strategy, long left)
      throws SQLException {
    schema.create(strategy);
    try (Connection bob = schema.connect();
        Connection alice = schema.connect()) {
      strategy.load(bob, FIVE_UNITS);
      long seenByBob = strategy.look(bob, OF_BOB);
      long seenByAlice = strategy.look(alice, OF_ALICE);
      assertThat(strategy.decide(bob, OF_BOB, seenByBob)).isEqualTo(Outcome.sold());
      assertThat(strategy.decide(alice, OF_ALICE, seenByAlice)).isEqualTo(Outcome.sold());
      assertThat(strategy.readBack(bob, 1).left()).isEqualTo(left);
    }
  }

  @Test
  void conditionalInsertDoesNotSeeAnInsertThatIsNotCommittedYet() throws SQLException {
    RaceStrategy strategy = new ConditionalInsert();
    schema.create(strategy);
    try (Connection bob = schema.connect();
        Connection alice = schema.connect()) {
      strategy.load(bob, FIVE_UNITS);
      bob.setAutoCommit(false);
      assertThat(strategy.buy(bob, OF_BOB)).isEqualTo(Outcome.sold());
      assertThat(strategy.buy(alice, OF_ALICE)).isEqualTo(Outcome.sold());
      bob.commit();
      assertThat(strategy.readBack(alice, 1).left()).isEqualTo(-1);
    }
  }

  @Test
  void stockAsVersionSendsTheSecondAwayAlthoughEnoughIsLeft() throws SQLException {
    LookThenWrite strategy = new StockAsVersion();
    Purchase oneOfBob = new Purchase(1, 1, 1, 1, Terms.PLAIN);
    Purchase oneOfAlice = new Purchase(1, 2, 1, 1, Terms.PLAIN);
    schema.create(strategy);
    try (Connection bob = schema.connect();
        Connection alice = schema.connect()) {
      strategy.load(bob, FIVE_UNITS);
      long seenByBob = strategy.look(bob, oneOfBob);
      long seenByAlice = strategy.look(alice, oneOfAlice);
      assertThat(strategy.decide(bob, oneOfBob, seenByBob)).isEqualTo(Outcome.sold());
      assertThat(strategy.decide(alice, oneOfAlice, seenByAlice))
          .isEqualTo(new Outcome.Refused(RefusalReason.SOMEONE_WAS_QUICKER, 1));
      assertThat(strategy.readBack(bob, 1).left()).isEqualTo(4);
    }
  }

  @Test
  void theDaysMovesComeInPairsAndCancelOut() throws SQLException {
    for (RaceStrategy strategy :
        List.of(new ConditionalInsert(), CompareAndAppend.bySeparateWriters(schema.database()))) {
      schema.create(strategy);
      try (Connection connection = schema.connect()) {
        strategy.load(connection, new Goods(1, 5, 1_000, 1));
        assertThat(strategy.readBack(connection, 1).left()).isEqualTo(5);
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
    assertThat(row.oversold()).isPositive().isEqualTo(row.sold() - 50);
    assertThat(row.asClaimed()).isTrue();
  }
}
