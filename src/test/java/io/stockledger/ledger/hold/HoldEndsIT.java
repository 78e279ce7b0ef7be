package io.stockledger.ledger.hold;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hold that is committed, released and expired at the same moment by three repositories, as three
 * processes have them: it ends once, and each of the three is told what happened, also if answers
 * are lost.
 */
@Timeout(300)
class HoldEndsIT {
  private static final int ROUNDS = 60;
  private static final long ITEM = 101;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final String END = "INSERT INTO stock_hold_ends";

  /** What the three were told. */
  private record Told(Ending commit, Ending release, List<ExpiredHold> expired) {}

  @ParameterizedTest(name = "answers are lost: {0}")
  @ValueSource(booleans = {false, true})
  void oneEndIsToldToAll(boolean answersAreLost) throws Exception {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("HoldEndsIT: -Dstock.test.seed=" + seed);
    Random random = new Random(seed);
    Map<HoldOutcome, Integer> ends = new EnumMap<>(HoldOutcome.class);
    try (TestLedger ledger = TestLedger.make(1);
        FaultProxy proxy = FaultProxy.startBefore(ledger.url());
        Database one = TestLedger.open(proxy.url(ledger.url()), 1);
        Database two = TestLedger.open(proxy.url(ledger.url()), 1);
        Database three = TestLedger.open(proxy.url(ledger.url()), 1)) {
      HoldRepository maker = repository(ledger.database());
      List<HoldRepository> rivals = List.of(repository(one), repository(two), repository(three));
      new StockRepository(ledger.database())
          .add(new MoveRequest(ITEM, 1_000, DAY, "stock-of-the-test"));
      for (int round = 0; round < ROUNDS; round++) {
        String holdId = "cart-" + round;
        maker.hold(
            new Request(
                holdId,
                DAY,
                "",
                List.of(new RequestLine(ITEM, -1), new RequestLine(ITEM, -2)),
                new Purpose.Hold(new Purpose.ExpiresIn(Duration.ofHours(1)))));
        expireIn(ledger.url(), holdId, random.nextInt(6_000));
        if (answersAreLost) {
          proxy.when(statement(END)).once().then(fault(random));
          proxy.when(statement(END)).once().then(fault(random));
        }
        Told told = endAtOnce(rivals, holdId);
        proxy.clearRules();
        HoldOutcome outcome = outcome(ledger.url(), holdId).orElseThrow();
        assertTrue(holdId, told, outcome, answersAreLost);
        ends.merge(outcome, 1, Integer::sum);
      }
      LedgerInvariants.check(ledger.url());
    }
    System.out.println("HoldEndsIT: " + ends);
    assertThat(ends).hasSizeGreaterThan(1);
  }

  private static HoldRepository repository(Database database) {
    return new HoldRepository(database, new StockRepository(database));
  }

  private static Action fault(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Actions.cutBeforeExecution(Cut.RESET);
      case 1 -> Actions.cutBeforeAnswer(Cut.FIN);
      default -> Actions.abandon(Cut.FIN);
    };
  }

  private static Told endAtOnce(List<HoldRepository> rivals, String holdId) throws Exception {
    List<ExpiredHold> expired = new ArrayList<>();
    List<Object> answers =
        Storm.run(
            List.of(
                () -> rivals.get(0).commit(holdId),
                () -> rivals.get(1).release(holdId),
                () -> {
                  // The hold may expire between two of these runs.
                  for (int run = 0; run < 3; run++) {
                    rivals.get(2).releaseExpired(expired::add);
                  }
                  return true;
                }));
    return new Told((Ending) answers.get(0), (Ending) answers.get(1), expired);
  }

  private static void assertTrue(
      String holdId, Told told, HoldOutcome outcome, boolean answersAreLost) {
    if (told.commit() instanceof Ending.Ended committed) {
      assertThat(committed.outcome()).as(holdId).isEqualTo(outcome);
      assertThat(outcome).as(holdId).isEqualTo(HoldOutcome.COMMITTED);
    } else if (told.commit() instanceof Ending.EndedOtherwise ended) {
      assertThat(ended.outcome()).as(holdId).isEqualTo(outcome);
      assertThat(outcome.givesBack()).as(holdId).isTrue();
    } else {
      assertThat(told.commit()).as(holdId).isEqualTo(new Ending.Overdue());
      assertThat(outcome.givesBack()).as(holdId).isTrue();
    }
    if (told.release() instanceof Ending.Ended released) {
      assertThat(released.outcome()).as(holdId).isEqualTo(outcome);
      assertThat(outcome.givesBack()).as(holdId).isTrue();
    } else {
      assertThat(told.release())
          .as(holdId)
          .isEqualTo(new Ending.EndedOtherwise(HoldOutcome.COMMITTED));
      assertThat(outcome).as(holdId).isEqualTo(HoldOutcome.COMMITTED);
    }
    if (!told.expired().isEmpty()) {
      assertThat(told.expired()).as(holdId).hasSize(1);
      assertThat(told.expired().get(0)).isInstanceOf(ExpiredHold.Released.class);
      assertThat(outcome.givesBack()).as(holdId).isTrue();
    }
    if (!answersAreLost) {
      // Exactly one of them has ended the hold.
      int firsts = told.expired().size();
      for (Ending ending : List.of(told.commit(), told.release())) {
        firsts += ending instanceof Ending.Ended ended && !ended.isRepeated() ? 1 : 0;
      }
      assertThat(firsts).as("%s: %s", holdId, told).isEqualTo(1);
      assertThat(told.expired().size()).isEqualTo(outcome == HoldOutcome.EXPIRED ? 1 : 0);
    }
  }

  private static void expireIn(String url, String holdId, int micros) throws SQLException {
    try (Connection connection = TestDatabase.server().connect(url);
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND"
                    + " WHERE request_id = ?")) {
      update.setInt(1, micros);
      update.setString(2, holdId);
      update.executeUpdate();
    }
  }

  private static Optional<HoldOutcome> outcome(String url, String holdId) throws SQLException {
    try (Connection connection = TestDatabase.server().connect(url);
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT outcome FROM stock_hold_ends WHERE request_id = ?")) {
      query.setString(1, holdId);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? HoldOutcome.of(rows.getString(1)) : Optional.empty();
      }
    }
  }
}
