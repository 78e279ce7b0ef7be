package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.closing.ItemClosing;
import io.stockledger.ledger.rule.LaterLimit;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.setup.LedgerSetup;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows each rule of the ledger by an example. */
class StockRepositoryIT {
  private static final LocalDate MONDAY = LocalDate.of(2025, 9, 15);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);

  private static final TestLedger LEDGER = TestLedger.make(2);
  private static long lastItem = 1_000;

  private final StockRepository stock = new StockRepository(LEDGER.database());
  private final long item = ++lastItem;
  private int requests;

  /** The two ways of a removal, which must follow the same rules. */
  enum Way {
    ATOMIC,
    CHECKED
  }

  @AfterAll
  static void close() {
    LedgerInvariants.check(LEDGER.url());
    LEDGER.close();
  }

  @BeforeEach
  void addItem() {
    LEDGER.addItem(item);
  }

  @Test
  void anItemWithoutMovesHasNoStock() {
    assertThat(stock.stockAt(item, MONDAY)).isZero();
  }

  @Test
  void anItemWithoutLaterMovesKeepsItsStock() {
    add(5, MONDAY);
    assertThat(stock.stockAt(item, MONDAY.plusYears(1))).isEqualTo(5);
    assertThat(stock.stockAt(item, MONDAY.minusDays(1))).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aRemovalMakesNoLaterDayNegative(Way way) {
    add(10, MONDAY);
    remove(way, 7, WEDNESDAY);
    assertThat(remove(way, 4, MONDAY))
        .isEqualTo(
            new Removal.Insufficient(
                3, 4, Optional.of(new LaterLimit(BigDecimal.TEN, WEDNESDAY, Optional.empty()))));
    assertThat(remove(way, 3, TUESDAY)).isEqualTo(new Removal.Removed(false));
    assertThat(stock.stockAt(item, MONDAY)).isEqualTo(10);
    assertThat(stock.stockAt(item, TUESDAY)).isEqualTo(7);
    assertThat(stock.stockAt(item, WEDNESDAY)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aLaterAdditionIsNotSoldOnAnEarlierDay(Way way) {
    add(2, MONDAY);
    add(100, WEDNESDAY);
    assertThat(remove(way, 3, TUESDAY)).isEqualTo(new Removal.Insufficient(2, 3, Optional.empty()));
    assertThat(remove(way, 102, WEDNESDAY)).isEqualTo(new Removal.Removed(false));
  }

  @Test
  void aLateMoveIsBookedOnTheDayOfTheLatestMove() {
    add(1, WEDNESDAY);
    add(1, MONDAY);
    assertThat(moves()).extracting(LedgerInvariants.Row::bookDate).containsOnly(WEDNESDAY);
    assertThat(stock.stockAt(item, TUESDAY)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestSentTwiceIsMadeOnce(Way way) {
    add(3, MONDAY);
    MoveRequest request = new MoveRequest(item, 2, MONDAY, "twice-" + item);
    assertThat(remove(way, request)).isEqualTo(new Removal.Removed(false));
    // One unit is left, but the request is not decided again: its id already has a move.
    assertThat(remove(way, request)).isEqualTo(new Removal.Removed(true));
    assertThat(moves()).hasSize(2);
  }

  @Test
  void aRequestIdNamesOneMove() {
    stock.add(new MoveRequest(item, 2, MONDAY, "one-" + item));
    Stream.of(
            new MoveRequest(item, 3, MONDAY, "one-" + item),
            new MoveRequest(item, 2, TUESDAY, "one-" + item),
            new MoveRequest(101, 2, MONDAY, "one-" + item))
        .forEach(
            other ->
                assertThatThrownBy(() -> stock.add(other))
                    .isInstanceOfSatisfying(
                        RequestIdReusedException.class,
                        refused ->
                            assertThat(refused.first())
                                .isEqualTo(Request.ofOneLine(item, 2, MONDAY, "one-" + item))));
    assertThatThrownBy(() -> stock.removeAtomic(new MoveRequest(item, 2, MONDAY, "one-" + item)))
        .isInstanceOf(RequestIdReusedException.class);
    assertThat(moves()).hasSize(1);
  }

  @Test
  void aRefusalIsNotRecorded() {
    MoveRequest request = new MoveRequest(item, 2, MONDAY, "later-" + item);
    assertThat(stock.removeAtomic(request))
        .isEqualTo(new Removal.Insufficient(0, 2, Optional.empty()));
    add(2, MONDAY);
    assertThat(stock.removeAtomic(request)).isEqualTo(new Removal.Removed(false));
  }

  @Test
  void anUnknownItemIsRefused() {
    MoveRequest request = new MoveRequest(999_999, 1, MONDAY, "unknown-" + item);
    assertIsUnknown(() -> stock.add(request));
    assertIsUnknown(() -> stock.removeAtomic(request));
    assertIsUnknown(() -> stock.removeChecked(request));
    assertIsUnknown(() -> stock.stockAt(999_999, MONDAY));
  }

  private static void assertIsUnknown(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UnknownItemException.class, refused -> assertThat(refused.itemId()).isEqualTo(999_999));
  }

  @Test
  void anAdditionAboveBigintIsRefused() {
    add(Long.MAX_VALUE, MONDAY);
    assertThatThrownBy(() -> add(1, TUESDAY)).isInstanceOf(StockTooLargeException.class);
    assertThat(remove(Way.ATOMIC, Long.MAX_VALUE, MONDAY)).isEqualTo(new Removal.Removed(false));
    assertThat(stock.stockAt(item, MONDAY)).isZero();
  }

  /** A later removal may make room for an addition that lifts an earlier day above BIGINT. */
  @Test
  void theStockOfADayAboveBigintIsAnError() {
    add(Long.MAX_VALUE, MONDAY);
    remove(Way.ATOMIC, Long.MAX_VALUE, TUESDAY);
    add(5, MONDAY);
    assertThatThrownBy(() -> stock.stockAt(item, MONDAY))
        .isInstanceOf(SumOutOfRangeException.class);
    assertThat(stock.stockAt(item, TUESDAY)).isEqualTo(5);
  }

  @Test
  void setUpAgainChangesNothing() {
    add(5, MONDAY);
    List<LedgerInvariants.Row> before = LedgerInvariants.moves(LEDGER.url());
    new LedgerSetup(LEDGER.database(), notice -> {}).setUp(Duration.ofMinutes(5), true);
    assertThat(LedgerInvariants.moves(LEDGER.url())).isEqualTo(before);
    assertThat(stock.stockAt(101, LocalDate.of(2025, 9, 19))).isEqualTo(100);
  }

  /** A batch that saw fewer moves must not overwrite the closing of one that saw more. */
  @Test
  void aClosingThatCountsMoreMovesStays() {
    add(5, MONDAY);
    ClosingRepository closings = new ClosingRepository(LEDGER.database(), notice -> {});
    TestDatabase.server()
        .execute(
            LEDGER.url(),
            "INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no) VALUES ("
                + item
                + ", '2025-09-15', 12, 2)");
    List<ItemClosing> closed = new ArrayList<>();
    closings.close(DaySpan.of(MONDAY), closed::add);
    assertThat(closed).contains(new ItemClosing.Damaged(item, MONDAY, 2, 1));
    add(7, MONDAY);
    closed.clear();
    closings.close(DaySpan.of(MONDAY), closed::add);
    assertThat(closed).contains(new ItemClosing.Written(item, MONDAY, 12, 2));
  }

  private void add(long quantity, LocalDate date) {
    stock.add(new MoveRequest(item, quantity, date, requestId()));
  }

  private Removal remove(Way way, long quantity, LocalDate date) {
    return remove(way, new MoveRequest(item, quantity, date, requestId()));
  }

  private Removal remove(Way way, MoveRequest request) {
    return switch (way) {
      case ATOMIC -> stock.removeAtomic(request);
      case CHECKED -> stock.removeChecked(request);
    };
  }

  private List<LedgerInvariants.Row> moves() {
    return LedgerInvariants.moves(LEDGER.url()).stream()
        .filter(move -> move.itemId() == item)
        .toList();
  }

  private String requestId() {
    return "request-" + item + "-" + ++requests;
  }
}
