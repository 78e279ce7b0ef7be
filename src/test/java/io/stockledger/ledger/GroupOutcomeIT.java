package io.stockledger.ledger;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.db.Retry;
import io.stockledger.ledger.append.AppendQueue;
import io.stockledger.ledger.append.Outcome;
import io.stockledger.ledger.append.Outcome.Failed;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the writers of a group are told if the server makes their moves, loses the answer and stays
 * away. None of them may be told that nothing was changed.
 */
@Timeout(120)
class GroupOutcomeIT {
  private static final long ITEM = 7;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int WRITERS = 3;
  private static final String INSERT = "INSERT INTO stock_moves";

  private final TestLedger ledger = TestLedger.make(1);
  private final FaultProxy proxy = FaultProxy.startBefore(ledger.url());
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final Database database = open();
  private final Retry retry = new Retry(database);
  private final AppendQueue queue =
      new AppendQueue(
          new MoveAppender(database, LedgerTables.ledger(), retry),
          new AppendQueue.Limits(1, 100, LONG, LONG));

  @AfterEach
  void check() {
    threads.shutdownNow();
    LedgerInvariants.check(ledger.url());
    database.close();
    proxy.close();
    ledger.close();
  }

  @Test
  void aWriterAloneDoesNotKnowTheOutcome() throws Exception {
    addItem();
    loseAnAnswerAndStayAway();
    assertUnknown(submit("a"));
    assertThat(requestIds()).containsExactly("delivery", "a");
  }

  @Test
  void eachWriterOfAGroupDoesNotKnowTheOutcome() throws Exception {
    addItem();
    List<CompletableFuture<Outcome>> writers = behindAnotherAppend(this::loseAnAnswerAndStayAway);
    for (CompletableFuture<Outcome> writer : writers) {
      assertUnknown(writer);
    }
    assertThat(requestIds()).containsExactly("delivery", "before", "a", "b");
  }

  /** The group fails because of one of its requests, so that each of them goes on by itself. */
  @Test
  void eachWriterThatGoesOnByItselfDoesNotKnowTheOutcome() throws Exception {
    addItem();
    List<CompletableFuture<Outcome>> writers =
        behindAnotherAppend(
            () -> {
              loseAnAnswerAndStayAway();
              proxy
                  .when(statement(INSERT).and(append -> append.text().contains("), (")))
                  .once()
                  .then(Actions.answerError(1105, "HY000", "one of them is bad"));
            });
    for (CompletableFuture<Outcome> writer : writers) {
      assertUnknown(writer);
    }
    assertThat(requestIds()).startsWith("delivery", "before").hasSize(3);
  }

  private void addItem() {
    ledger.addItem(ITEM);
    new StockRepository(ledger.database()).add(new MoveRequest(ITEM, 10, DAY, "delivery"));
  }

  /** The next append is made, but its connection and every later one is cut. */
  private void loseAnAnswerAndStayAway() {
    AtomicBoolean isAway = new AtomicBoolean();
    proxy.when(connecting().or(recorded -> isAway.get())).then(Actions.cutBeforeExecution(Cut.FIN));
    proxy
        .when(statement(INSERT).and(append -> isAway.compareAndSet(false, true)))
        .then(Actions.cutBeforeAnswer(Cut.FIN));
  }

  /** Starts two writers that wait for another one; then the faults begin. */
  private List<CompletableFuture<Outcome>> behindAnotherAppend(Runnable faults) throws Exception {
    openEachConnection();
    CountDownLatch end = new CountDownLatch(1);
    Rule held = proxy.when(statement(INSERT)).once().then(Actions.holdRequest(end));
    CompletableFuture<Outcome> before = submit("before");
    held.awaitFired(1);
    List<CompletableFuture<Outcome>> writers = new ArrayList<>();
    for (String requestId : List.of("a", "b")) {
      writers.add(submit(requestId));
      while (queue.waiting() < writers.size()) {
        Thread.onSpinWait();
      }
    }
    faults.run();
    end.countDown();
    assertThat(before.get(60, TimeUnit.SECONDS))
        .isEqualTo(new Outcome.Decided(new Decision.Accepted(false)));
    return writers;
  }

  /** Later, no connection is accepted. */
  private void openEachConnection() throws SQLException {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      connections.add(database.connection());
    }
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private CompletableFuture<Outcome> submit(String requestId) {
    return CompletableFuture.supplyAsync(
        () -> queue.submit(Request.ofOneLine(ITEM, -1, DAY, requestId), false, retry.newAttempt()),
        threads);
  }

  private static void assertUnknown(CompletableFuture<Outcome> writer) throws Exception {
    Outcome outcome = writer.get(60, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).mayBeDone()).isTrue();
  }

  private List<String> requestIds() {
    return LedgerInvariants.moves(ledger.url()).stream()
        .filter(move -> move.itemId() == ITEM)
        .map(LedgerInvariants.Row::requestId)
        .toList();
  }

  private Database open() {
    return Database.open(
        new ConnectionSettings(
            DatabaseUrl.parse(proxy.url(ledger.url())),
            TestDatabase.server().user(),
            TestDatabase.server().password(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1)),
        WRITERS,
        Optional.empty());
  }
}
