package io.stockledger.ledger.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.db.Sql;
import io.stockledger.ledger.NotSoldException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.RequestIdReusedException;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shows each rule of holds by an example. */
class HoldRepositoryIT {
  private static final LocalDate MONDAY = LocalDate.of(2025, 9, 15);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final TestLedger LEDGER = TestLedger.make(2);
  private static long lastItem = 1_000;

  private final StockRepository stock = new StockRepository(LEDGER.database());
  private final HoldRepository holds = new HoldRepository(LEDGER.database(), stock);
  private final long item = ++lastItem;
  private final long otherItem = ++lastItem;
  private final String id = "cart-" + item;

  @AfterAll
  static void close() {
    LedgerInvariants.check(LEDGER.url());
    LEDGER.close();
  }

  @BeforeEach
  void addItems() {
    LEDGER.addItem(item);
    LEDGER.addItem(otherItem);
    stock.add(new MoveRequest(item, 10, MONDAY, "add-" + item));
    stock.add(new MoveRequest(otherItem, 10, MONDAY, "add-" + otherItem));
  }

  @Test
  void whatIsHeldIsRemovedAndCanNotBeSold() {
    assertThat(holds.hold(request(7))).isInstanceOf(Holding.Held.class);
    assertThat(stock.stockAt(item, MONDAY)).isEqualTo(3);
    assertThat(holds.hold(requestOf("other-" + id, HOUR, new RequestLine(item, -4))))
        .isInstanceOf(Holding.Insufficient.class);
  }

  @Test
  void expiresByTheClockOfTheServer() throws SQLException {
    LocalDateTime before = serverTime();
    Holding.Held held = (Holding.Held) holds.hold(request(7));
    assertThat(held.expiresAt()).isBetween(before.plus(HOUR), serverTime().plus(HOUR));
    Holding.Held lines = (Holding.Held) holds.hold(twoItems("two-" + id));
    assertThat(lines.expiresAt()).isBetween(before.plus(HOUR), serverTime().plus(HOUR));
  }

  @Test
  void aHoldThatIsSentAgainKeepsItsTime() {
    for (Request request : List.of(request(7), twoItems("two-" + id))) {
      Holding.Held first = (Holding.Held) holds.hold(request);
      Purpose later = new Purpose.Hold(new Purpose.ExpiresIn(HOUR.multipliedBy(2)));
      assertThat(holds.hold(request.with(later)))
          .isEqualTo(new Holding.Held(true, first.expiresAt()));
    }
  }

  @Test
  void aHoldAndARemovalOfTheSameUnitsAreDifferentRequests() {
    holds.hold(request(7));
    assertThatThrownBy(() -> stock.post(request(7).with(new Purpose.Moves())))
        .isInstanceOf(RequestIdReusedException.class);
    Request sale = Request.ofOneLine(item, -1, MONDAY, "sale-" + id);
    stock.post(sale);
    assertThatThrownBy(() -> holds.hold(sale.with(new Purpose.Hold(new Purpose.ExpiresIn(HOUR)))))
        .isInstanceOf(RequestIdReusedException.class);
    assertThat(holds.commit(sale.id())).isEqualTo(new Ending.NoSuchHold());
    assertThat(holds.release(sale.id())).isEqualTo(new Ending.NoSuchHold());
  }

  /** The removal is refused, so the one message of the hold must not make the row of the hold. */
  @Test
  void aRemovalThatTookAllUnitsIsNoHoldOfItsId() throws SQLException {
    Request sale = Request.ofOneLine(item, -10, MONDAY, id);
    stock.post(sale);
    assertThatThrownBy(() -> holds.hold(sale.with(new Purpose.Hold(new Purpose.ExpiresIn(HOUR)))))
        .isInstanceOf(RequestIdReusedException.class);
    assertThat(number("SELECT COUNT(*) FROM stock_holds WHERE request_id = ?", id)).isZero();
  }

  @Test
  void aHoldThatTookAllUnitsIsFoundWhenItIsSentAgain() {
    Holding.Held first = (Holding.Held) holds.hold(request(10));
    assertThat(holds.hold(request(10))).isEqualTo(new Holding.Held(true, first.expiresAt()));
  }

  @Test
  void aCommitLeavesTheMovesAsTheyAre() {
    holds.hold(request(7));
    assertThat(holds.commit(id)).isEqualTo(new Ending.Ended(HoldOutcome.COMMITTED, false));
    assertThat(holds.commit(id)).isEqualTo(new Ending.Ended(HoldOutcome.COMMITTED, true));
    assertThat(holds.release(id)).isEqualTo(new Ending.EndedOtherwise(HoldOutcome.COMMITTED));
    assertThat(stock.stockAt(item, MONDAY)).isEqualTo(3);
  }

  @Test
  void aReleaseMakesTheOppositeOnTheDayOfTheHold() {
    holds.hold(twoItems(id));
    stock.add(new MoveRequest(item, 1, TUESDAY, "later-" + id));
    assertThat(holds.release(id)).isEqualTo(new Ending.Ended(HoldOutcome.RELEASED, false));
    assertThat(stock.stockAt(item, MONDAY)).isEqualTo(10);
    assertThat(stock.stockAt(otherItem, MONDAY)).isEqualTo(10);
    assertThat(holds.release(id)).isEqualTo(new Ending.Ended(HoldOutcome.RELEASED, true));
    assertThat(holds.commit(id)).isEqualTo(new Ending.EndedOtherwise(HoldOutcome.RELEASED));
  }

  @Test
  void aHoldWhoseTimeIsOverCanOnlyBeReleased() throws SQLException {
    holds.hold(request(7));
    letExpire(id);
    assertThat(holds.commit(id)).isEqualTo(new Ending.Overdue());
    assertThat(stock.stockAt(item, MONDAY)).isEqualTo(3);
    assertThat(holds.release(id)).isEqualTo(new Ending.Ended(HoldOutcome.RELEASED, false));
    assertThat(holds.commit(id)).isEqualTo(new Ending.EndedOtherwise(HoldOutcome.RELEASED));
  }

  @Test
  void aHoldThatIsNotThereIsToldApart() {
    assertThat(holds.commit(id)).isEqualTo(new Ending.NoSuchHold());
    assertThat(holds.release(id)).isEqualTo(new Ending.NoSuchHold());
  }

  @Test
  void onlyACommittedHoldIsReversedAndThenReturned() {
    holds.hold(request(7));
    assertThatThrownBy(() -> stock.reverse(id, Optional.empty(), ""))
        .isInstanceOfSatisfying(
            NotSoldException.class, refused -> assertThat(refused.outcome()).isEmpty());
    holds.commit(id);
    for (boolean isRepeated : List.of(false, true)) {
      assertThat(stock.reverse(id, Optional.of(TUESDAY), "").posting())
          .isEqualTo(new Posting.Made(isRepeated));
    }
    assertThat(stock.stockAt(item, TUESDAY)).isEqualTo(10);
    assertThat(stock.stockAt(item, MONDAY)).isEqualTo(3);

    Request released = requestOf("released-" + id, HOUR, new RequestLine(item, -1));
    holds.hold(released);
    holds.release(released.id());
    assertThatThrownBy(() -> stock.reverse(released.id(), Optional.empty(), ""))
        .isInstanceOfSatisfying(
            NotSoldException.class,
            refused -> assertThat(refused.outcome()).contains(HoldOutcome.RELEASED));
  }

  /** Another request has the id of the release, with the moves of the release. */
  @Test
  void aHoldIsNotReleasedByMovesOfAnotherRequest() {
    holds.hold(request(7));
    stock.post(Request.ofOneLine(item, 7, MONDAY, "reverse:" + id));
    assertThatThrownBy(() -> holds.release(id)).isInstanceOf(RequestIdReusedException.class);
    assertThat(holds.commit(id)).isEqualTo(new Ending.Ended(HoldOutcome.COMMITTED, false));
    // This is damage, which verify names.
    removeDamage("reverse:" + id);
  }

  /** The transaction of a group commits all but the holds whose time is over. */
  @Test
  void eachOfAGroupHasItsOwnAnswer() throws SQLException {
    Request overdue = requestOf("overdue-" + id, HOUR, new RequestLine(item, -1));
    Request committed = requestOf("committed-" + id, HOUR, new RequestLine(item, -1));
    Request open = requestOf("open-" + id, HOUR, new RequestLine(item, -1));
    Request other = requestOf("other-" + id, HOUR, new RequestLine(otherItem, -1));
    List.of(overdue, committed, open).forEach(holds::hold);
    holds.commit(committed.id());
    letExpire(overdue.id());
    for (boolean withRepeated : List.of(false, true)) {
      List<Request> group =
          new ArrayList<>(
              List.of(
                  Request.commitOfHold(open.id()),
                  Request.commitOfHold(overdue.id()),
                  other,
                  Request.commitOfHold("none-" + id)));
      if (withRepeated) {
        group.add(Request.commitOfHold(committed.id()));
      }
      List<Decision> decisions = stock.decideTogether(group);
      Purpose.HoldEnd end = new Purpose.HoldEnd(open.id(), HoldOutcome.COMMITTED);
      assertThat(decisions.get(0)).isEqualTo(new Decision.Accepted(withRepeated, end));
      assertThat(decisions.get(1)).isEqualTo(new Decision.HoldOverdue(overdue.id()));
      assertThat(decisions.get(2))
          .isInstanceOfSatisfying(
              Decision.Accepted.class,
              held -> assertThat(held.isRepeated()).isEqualTo(withRepeated));
      assertThat(decisions.get(3)).isEqualTo(new Decision.NoSuchHold("none-" + id));
      if (withRepeated) {
        assertThat(((Decision.Accepted) decisions.get(4)).isRepeated()).isTrue();
      }
    }
    assertThat(holds.commit(overdue.id())).isEqualTo(new Ending.Overdue());
    assertThat(holds.commit(open.id())).isEqualTo(new Ending.Ended(HoldOutcome.COMMITTED, true));
  }

  /** A hold, its commit and a release in one group are decided one after another. */
  @Test
  void aHoldIsCommittedInTheGroupThatMakesIt() {
    Request hold = request(3);
    List<Decision> decisions =
        stock.decideTogether(List.of(hold, Request.commitOfHold(id), Request.commitOfHold(id)));
    assertThat(decisions).allMatch(decision -> decision instanceof Decision.Accepted);
    assertThat(((Decision.Accepted) decisions.get(0)).stored()).isInstanceOf(Purpose.Hold.class);
    assertThat(((Decision.Accepted) decisions.get(1)).isRepeated()).isFalse();
    assertThat(((Decision.Accepted) decisions.get(2)).isRepeated()).isTrue();
    assertThat(holds.release(id)).isEqualTo(new Ending.EndedOtherwise(HoldOutcome.COMMITTED));
  }

  @Test
  void refusesWhatNoHoldMayHave() {
    for (Request wrong :
        List.of(
            requestOf(id, Duration.ZERO, new RequestLine(item, -1)),
            requestOf(id, Duration.ofDays(367), new RequestLine(item, -1)),
            requestOf(id, HOUR, new RequestLine(item, 1)),
            requestOf(id, HOUR))) {
      assertThatThrownBy(() -> holds.hold(wrong)).isInstanceOf(InvalidValueException.class);
    }
    assertThatThrownBy(() -> holds.hold(requestOf(id, HOUR, new RequestLine(999_999, -1))))
        .isInstanceOf(UnknownItemException.class);
  }

  @Test
  void aHoldThatIsOnlyTriedHoldsNothing() {
    HoldRepository dry =
        new HoldRepository(LEDGER.database(), StockRepository.withoutAppending(LEDGER.database()));
    assertThat(dry.hold(request(7))).isEqualTo(new Holding.WouldHold());
    assertThat(stock.stockAt(item, MONDAY)).isEqualTo(10);
    assertThat(dry.hold(request(11))).isInstanceOf(Holding.Insufficient.class);
  }

  private Request request(long units) {
    return requestOf(id, HOUR, new RequestLine(item, -units));
  }

  private Request twoItems(String requestId) {
    return requestOf(requestId, HOUR, new RequestLine(otherItem, -2), new RequestLine(item, -1));
  }

  private static Request requestOf(String requestId, Duration duration, RequestLine... lines) {
    return new Request(
        requestId, MONDAY, "", List.of(lines), new Purpose.Hold(new Purpose.ExpiresIn(duration)));
  }

  private static LocalDateTime serverTime() throws SQLException {
    try (Connection connection = LEDGER.database().connection()) {
      return Sql.row(
              connection, "SELECT UTC_TIMESTAMP(6)", row -> row.getObject(1, LocalDateTime.class))
          .orElseThrow()
          .truncatedTo(ChronoUnit.MICROS);
    }
  }

  private static void letExpire(String holdId) throws SQLException {
    try (Connection connection = LEDGER.database().connection()) {
      Sql.update(
          connection,
          "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6) WHERE request_id = ?",
          holdId);
    }
  }

  private static long number(String sql, Object... parameters) throws SQLException {
    try (Connection connection = LEDGER.database().connection()) {
      return Sql.number(connection, sql, parameters);
    }
  }

  private static void removeDamage(String requestId) {
    try (Connection connection = LEDGER.database().connection()) {
      Sql.update(connection, "DELETE FROM stock_moves WHERE request_id = ?", requestId);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
