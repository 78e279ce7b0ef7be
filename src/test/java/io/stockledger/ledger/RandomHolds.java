package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Sql;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.hold.ExpiredHold;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.hold.Holding;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random operations on holds, each of which is asked for in the ledger and in the model. */
final class RandomHolds {
  private static final Purpose.ExpiresIn LONG = new Purpose.ExpiresIn(Duration.ofDays(1));
  private static final Purpose.ExpiresIn SHORT = new Purpose.ExpiresIn(Duration.ofSeconds(1));

  private final Random random;
  private final ModelLedger model;
  private final TestLedger ledger;
  private final HoldRepository holds;
  private final List<String> made = new ArrayList<>();
  private final Map<String, LocalDateTime> expiries = new HashMap<>();

  RandomHolds(Random random, ModelLedger model, TestLedger ledger, StockRepository stock) {
    this.random = random;
    this.model = model;
    this.ledger = ledger;
    this.holds = new HoldRepository(ledger.database(), stock);
  }

  /** Holds the units of a request, for a day. */
  void hold(Request request) {
    hold(request, LONG);
  }

  /** A hold whose time is over once the server has slept as long. */
  void holdUntilItsTimeIsOver(Request request) throws SQLException {
    if (model.hold(request.id()).isPresent()) {
      return;
    }
    hold(request, SHORT);
    try (Connection connection = ledger.database().connection()) {
      Sql.row(connection, "SELECT SLEEP(1)", row -> row.getInt(1));
    }
    if (model.hold(request.id()).isPresent()) {
      model.letExpire(request.id());
      end(request.id());
    }
  }

  private void hold(Request request, Purpose.ExpiresIn time) {
    Request hold = request.with(new Purpose.Hold(time));
    assertThat(answer(hold)).as("%s", hold).isEqualTo(model.post(hold));
  }

  private ModelLedger.Answer answer(Request hold) {
    try {
      Holding holding = holds.hold(hold);
      if (holding instanceof Holding.Held held) {
        LocalDateTime first = expiries.putIfAbsent(hold.id(), held.expiresAt());
        if (first == null) {
          made.add(hold.id());
        }
        assertThat(first == null ? held.expiresAt() : first)
            .as("%s keeps the time of its first sending", hold)
            .isEqualTo(held.expiresAt());
        return new ModelLedger.Done(held.isRepeated());
      }
      return new ModelLedger.NotEnough(((Holding.Insufficient) holding).shortages());
    } catch (RequestIdReusedException e) {
      return new ModelLedger.ReusedRequestId();
    }
  }

  /** Returns the id of a hold that was made, open or ended, or another id if there is none. */
  String anEarlierId(String otherwise) {
    return made.isEmpty() ? otherwise : made.get(random.nextInt(made.size()));
  }

  /** Commits or releases what has the id, be it a hold or not. */
  void end(String id) {
    boolean commits = random.nextInt(5) < 2;
    assertThat(answer(commits ? holds.commit(id) : holds.release(id)))
        .as(commits ? "commit of %s" : "release of %s", id)
        .isEqualTo(model.end(id, commits ? HoldOutcome.COMMITTED : HoldOutcome.RELEASED));
  }

  private static ModelLedger.Answer answer(Ending ending) {
    if (ending instanceof Ending.Ended ended) {
      return new ModelLedger.Ended(ended.outcome(), ended.isRepeated());
    }
    if (ending instanceof Ending.EndedOtherwise otherwise) {
      return new ModelLedger.EndedOtherwise(otherwise.outcome());
    }
    return ending instanceof Ending.Overdue
        ? new ModelLedger.Overdue()
        : new ModelLedger.NoSuchHold();
  }

  /**
   * All holds whose time is over are released together. The numbers of the moves follow the order
   * in which the ledger tells of the holds.
   */
  void releaseExpired() {
    List<String> released = new ArrayList<>();
    holds.releaseExpired(
        expired -> {
          assertThat(expired).isInstanceOf(ExpiredHold.Released.class);
          released.add(expired.hold().request().id());
        });
    assertThat(released).containsExactlyInAnyOrderElementsOf(model.openHolds(true));
    for (String holdId : released) {
      assertThat(model.end(holdId, HoldOutcome.EXPIRED))
          .isEqualTo(new ModelLedger.Ended(HoldOutcome.EXPIRED, false));
    }
  }

  /** Another program makes open holds overdue. */
  void letSomeExpire() throws SQLException {
    try (Connection connection = ledger.database().connection()) {
      for (String holdId : model.openHolds(false)) {
        if (random.nextInt(3) == 0) {
          String sql = "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6) WHERE request_id = ?";
          Sql.update(connection, sql, holdId);
          expiries.remove(holdId);
          model.letExpire(holdId);
        }
      }
    }
  }
}
