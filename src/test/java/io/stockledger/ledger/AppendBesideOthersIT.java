package io.stockledger.ledger;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.RetryPolicy;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks each step of an append and of a read against a move that another process commits just
 * before that step. A proxy lets the other process commit when the step's statement arrives.
 */
@Timeout(120)
class AppendBesideOthersIT {
  private static final long ITEM = 7;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final Decision ACCEPTED = new Decision.Accepted(false);
  private static final String SUM = "SUM(stock_increment)";
  private static final String INSERT = "INSERT INTO stock_moves";
  private static final String LOCK = "FOR UPDATE";
  private static final String LOOK_UP = "WHERE request_id IN";
  private static final Action NOT_NOW = Actions.answerError(9001, "HY000", "PD server timeout");

  private final TestLedger ledger = TestLedger.make(2);
  private final StockRepository otherProcess = new StockRepository(ledger.database());
  private final FaultProxy proxy = FaultProxy.startBefore(ledger.url());
  private final Database database = TestLedger.open(proxy.url(ledger.url()), 1);
  private final Retry retry = new Retry(database);
  private final MoveAppender appender = new MoveAppender(database, LedgerTables.ledger(), retry);

  @AfterEach
  void check() {
    LedgerInvariants.check(ledger.url());
    database.close();
    proxy.close();
    ledger.close();
  }

  /** The day of the first removal is full; the day of the second one is not. */
  @Test
  void aGroupKnowsTheLaterDaysOfItsEarliestRemoval() {
    addItem(Map.of(DAY, 2L, DAY.plusDays(1), 10L, DAY.plusDays(2), 5L));
    assertThat(append(removal(3, DAY, "a"), removal(1, DAY.plusDays(1), "b")))
        .containsExactly(notEnough(2, 3), ACCEPTED);
  }

  /**
   * Without the bound the move that came between is in the sums of later days, not in the stock.
   */
  @Test
  void theSumsOfLaterDaysEndAtTheMoveThatWasRead() {
    addItem(Map.of(DAY, 5L, DAY.plusDays(2), 1L));
    Rule between = proxy.when(statement(SUM)).once().then(anotherAdds(3, DAY.plusDays(2)));
    assertThat(append(removal(5, DAY, "a"))).containsExactly(ACCEPTED);
    assertThat(between.timesFired()).isEqualTo(1);
    between = proxy.when(statement(SUM)).once().then(anotherAdds(3, DAY.plusDays(2)));
    assertThat(append(removal(1, DAY, "b"))).containsExactly(notEnough(0, 1));
    assertThat(between.timesFired()).isEqualTo(1);
  }

  @Test
  void theStockOfAnEarlierDayEndsAtTheMoveThatWasRead() {
    addItem(Map.of(DAY, 5L, DAY.plusDays(2), 1L));
    Rule between = proxy.when(statement(SUM)).once().then(anotherAdds(3, DAY.plusDays(2)));
    assertThat(new StockRepository(database).stockAt(ITEM, DAY)).isEqualTo(5);
    assertThat(between.timesFired()).isEqualTo(1);
  }

  /** Another sending of the request takes the stock between the two reads of the dry run. */
  @Test
  void aDryRunOfARequestThatIsMadeMeanwhileSaysThatItIsMade() {
    addItem(Map.of(DAY, 5L));
    MoveRequest request = new MoveRequest(ITEM, 5, DAY, "sale");
    int[] reads = {0};
    Rule between =
        proxy
            .when(statement("stock_moves").and(read -> ++reads[0] == 2))
            .then(
                exchange -> {
                  otherProcess.removeAtomic(request);
                  exchange.reply(exchange.execute());
                });
    assertThat(StockRepository.withoutAppending(database).removeAtomic(request))
        .isEqualTo(new Removal.Removed(true));
    assertThat(between.timesFired()).isEqualTo(1);
  }

  /** After an append nothing may fail: the next try would take its moves for those of another. */
  @Test
  void whatConfirmsARefusalComesBeforeTheAppendBesideIt() {
    addItem(Map.of(DAY, 5L));
    Rule once = proxy.when(statement(LOOK_UP)).once().then(NOT_NOW);
    assertThat(append(removal(9, DAY, "a"), removal(1, DAY, "b")))
        .containsExactly(notEnough(5, 9), ACCEPTED);
    assertThat(once.timesFired()).isEqualTo(1);
    proxy.when(statement(LOOK_UP)).then(NOT_NOW);
    Retry impatient = new Retry(database, RetryPolicy.within(Duration.ZERO));
    MoveAppender again = new MoveAppender(database, LedgerTables.ledger(), impatient);
    List<Request> requests = List.of(removal(9, DAY, "c"), removal(1, DAY, "d"));
    assertThatThrownBy(() -> again.append(requests, impatient.newAttempt(), Map.of()))
        .isInstanceOf(BusyException.class);
    assertThat(otherProcess.stockAt(ITEM, DAY)).isEqualTo(4);
  }

  /** After a conflict the next try waits at the item's row for the writers before it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterAConflictAWriterWaitsForTheOneBeforeIt(boolean inOneStatement) throws Exception {
    addItem(Map.of(DAY, 5L));
    proxy.when(statement(INSERT)).once().then(Actions.answerError(9007, "HY000", "Write conflict"));
    try (Connection before = TestDatabase.server().connect(ledger.url());
        Statement statement = before.createStatement()) {
      before.setAutoCommit(false);
      statement.execute("SELECT item_id FROM items WHERE item_id = 7 FOR UPDATE");
      CompletableFuture<List<Decision>> waits =
          CompletableFuture.supplyAsync(() -> append(inOneStatement, "a"));
      proxy.awaitRecorded(statement(LOCK));
      statement.execute(
          "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after,"
              + " book_date, request_id) VALUES (7, -1, '2025-09-19', 2, 4, '2025-09-19', 'before')");
      before.commit();
      assertThat(waits.get(60, TimeUnit.SECONDS)).containsExactly(ACCEPTED);
    }
    assertThat(retry.conflicts()).isEqualTo(1);
  }

  /** The other process may still be there, so the next tries begin in the queue. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theAppendsAfterAConflictBeginInTheQueueUntilOneLooksWhetherItIsNeeded(
      boolean inOneStatement) {
    addItem(Map.of(DAY, 200L));
    proxy.when(statement(INSERT)).once().then(Actions.answerError(9007, "HY000", "Write conflict"));
    append(inOneStatement, "met");
    for (int i = 1; i <= 66; i++) {
      proxy.clearRecorded();
      append(inOneStatement, "next-" + i);
      assertThat(proxy.recorded().stream().anyMatch(statement(LOCK)))
          .as("append %d", i)
          .isEqualTo(i <= 64);
    }
  }

  /**
   * Otherwise each append to an item of the same group would wait for the other process as well.
   */
  @Test
  void onlyTheItemThatAnotherProcessMovedIsContended() {
    addItem(Map.of(DAY, 5L));
    long quiet = ITEM + 1;
    ledger.addItem(quiet);
    otherProcess.add(new MoveRequest(quiet, 5, DAY, "delivery-of-the-quiet-item"));
    proxy.when(statement(INSERT)).once().then(anotherAdds(3, DAY));
    assertThat(
            append(
                removal(1, DAY, "a"), Request.ofOneLine(quiet, -1, DAY, "b"), removal(8, DAY, "c")))
        .containsExactly(ACCEPTED, ACCEPTED, notEnough(7, 8));
    assertThat(appender.waitsForOthers(Set.of(ITEM))).isTrue();
    assertThat(appender.waitsForOthers(Set.of(quiet))).isFalse();
    assertThat(appender.waitsForOthers(Set.of(quiet, ITEM))).isTrue();
  }

  /** The queue's one message holds the transaction, of which the driver does not know. */
  @Test
  void aWriterThatFailsInTheQueueLeavesNoLock() throws Exception {
    addItem(Map.of(DAY, 5L));
    proxy.when(statement(INSERT)).once().then(Actions.answerError(9007, "HY000", "Write conflict"));
    appendInOneStatement("a");
    proxy
        .when(statement(LOCK))
        .once()
        .then(
            Actions.rewrite(
                sql -> sql.replace("request_id, note)", "request_id, no_such_column)")));
    assertThatThrownBy(() -> appendInOneStatement("b"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("no_such_column");
    try (Connection next = TestDatabase.server().connect(ledger.url());
        Statement statement = next.createStatement()) {
      statement.execute("SET SESSION innodb_lock_wait_timeout = 1");
      statement.execute("SELECT item_id FROM items WHERE item_id = 7 FOR UPDATE");
    }
  }

  private void addItem(Map<LocalDate, Long> stock) {
    ledger.addItem(ITEM);
    stock.keySet().stream()
        .sorted()
        .forEach(
            day -> otherProcess.add(new MoveRequest(ITEM, stock.get(day), day, "delivery-" + day)));
  }

  private Action anotherAdds(long quantity, LocalDate day) {
    return exchange -> {
      otherProcess.add(new MoveRequest(ITEM, quantity, day, "between-" + proxy.recorded().size()));
      exchange.reply(exchange.execute());
    };
  }

  private List<Decision> append(Request... requests) {
    return appender.append(List.of(requests), retry.newAttempt(), Map.of()).decisions();
  }

  private List<Decision> append(boolean inOneStatement, String requestId) {
    return inOneStatement ? appendInOneStatement(requestId) : append(removal(1, DAY, requestId));
  }

  private List<Decision> appendInOneStatement(String requestId) {
    return appender
        .appendInOneStatement(removal(1, DAY, requestId), retry.newAttempt())
        .decisions();
  }

  private static Decision notEnough(long available, long required) {
    return new Decision.NotEnough(
        List.of(new Shortage(ITEM, available, required, Optional.empty())));
  }

  private static Request removal(long quantity, LocalDate day, String requestId) {
    return Request.ofOneLine(ITEM, -quantity, day, requestId);
  }
}
